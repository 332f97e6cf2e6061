#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Latency of the three kernels on two devices (or two xclbins of one device), side by side:
#   scripts/compare-latency.sh xrt:hw_emu cpu:onednn
#   scripts/compare-latency.sh 'xrt:0?xclbin=a.xclbin' 'xrt:0?xclbin=b.xclbin' --batches 1,64
# Without the second device: against every CPU opponent that is there. Options go to 'fabriq latency'.
# Noisy times carry a '?'; --only-quiet withholds them.
set -euo pipefail
usage() {
  sed -n '3,7s/^# \{0,1\}//p' "$0"
}
case "${1:-}" in
  -h | --help)
    usage
    exit 0
    ;;
  "" | -*)
    echo "compare-latency.sh: the first argument is a device, see 'fabriq devices'" >&2
    usage >&2
    exit 2
    ;;
esac
arguments=(--device "$1")
shift
if [ "$#" -gt 0 ] && [ "${1#-}" = "$1" ]; then
  arguments+=(--against "$1")
  shift
fi
export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} --add-modules=jdk.incubator.vector"
exec "$(dirname "$0")/fabriq" latency "${arguments[@]}" "$@"
