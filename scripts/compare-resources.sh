#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Resources, clock and cycles of the three kernels in two builds, as ratios too, beside the lab's:
#   scripts/compare-resources.sh build/a build/b --part xc7z020
#   scripts/compare-resources.sh bitstreams/reports/matmul_i8i8_{small,zynq}.json
# A build is a folder of reports, or a report. One build alone, or none: beside the lab's. Options go to
# 'fabriq resources'.
set -euo pipefail
case "${1:-}" in
  -h | --help)
    sed -n '3,7s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
esac
exec "$(dirname "$0")/fabriq" resources "$@"
