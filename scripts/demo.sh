#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The main job: installs what is missing, builds, and compares fp32 on the CPU with the three kernels on
# the embedded default. Arguments go to 'fabriq compare', for instance --data DIR --images 1000.
set -euo pipefail
extent=(--demo)
before=
for argument in "$@"; do
  case "$before$argument" in
    -h | --help)
      sed -n '3,4s/^# //p' "$0"
      echo "Its options are those of 'scripts/fabriq compare --help'."
      exit 0
      ;;
    --device=xrt:* | --device=opencl:*) extent=() ;;
  esac
  before=
  [ "$argument" != --device ] || before="--device="
done
exec "$(dirname "$0")/fabriq" "${extent[@]}" compare "$@"
