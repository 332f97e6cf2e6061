#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job: installs what is missing, builds, and compares fp32 on the CPU with the three kernels on
# the embedded default. Arguments go to 'fabriq compare', for instance --data DIR --images 1000.
set -euo pipefail
extent=(--demo)
for argument in "$@"; do
  case "$argument" in
    *xrt:* | *opencl:*) extent=() ;;
  esac
done
exec "$(dirname "$0")/fabriq" "${extent[@]}" compare "$@"
