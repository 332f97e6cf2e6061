#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Resources, clock and cycles of two builds (folders of reports, or single reports) beside the lab's three kernels:
#   scripts/compare-resources.sh build/a build/b --device xc7z020
# Everything goes to 'fabriq resources'; without an argument it prints the lab's figures.
set -euo pipefail
exec "$(dirname "$0")/fabriq" resources "$@"
