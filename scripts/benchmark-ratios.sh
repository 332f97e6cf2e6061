#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs JMH benchmarks and prints each score as a ratio to the fastest with the same parameters but the device:
#   scripts/benchmark-ratios.sh MatmulSpeed -p shape=64x128x64
#   scripts/benchmark-ratios.sh --from results.json
set -euo pipefail
here="$(dirname "$0")"
if [ "${1:-}" = "--from" ]; then
  results="${2:?benchmark-ratios.sh: --from needs a file that JMH wrote with -rf json}"
else
  results="$(mktemp --suffix=.json)"
  "$here/benchmark.sh" "$@" -rf json -rff "$results"
fi
exec java -cp "$here/../java/benchmarks/target/fabriq-benchmarks.jar" org.fabriq.benchmarks.Ratios "$results"
