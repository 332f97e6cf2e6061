#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job: installs what is missing, builds, and compares fp32 on the CPU with the three kernels on
# the embedded default. Arguments go to 'fabriq compare', for instance --data DIR --images 1000.
set -euo pipefail
exec "$(dirname "$0")/fabriq" compare "$@"
