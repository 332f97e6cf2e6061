#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs benchmarks of java/benchmarks.
#   scripts/benchmark.sh DispatchOverhead -prof gc         JMH; all arguments are JMH's
#   scripts/benchmark.sh EmulationLatency [ADDRESS ...]    runs and first results of XRT's emulations
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh
jar=java/benchmarks/target/fabriq-benchmarks.jar
if [ "${1:-}" = EmulationLatency ]; then
  shift
  scripts/setup.sh --xrt
  program=(-cp "$jar" org.fabriq.benchmarks.EmulationLatency)
else
  scripts/setup.sh
  program=(-jar "$jar")
fi
lock_checkout --exclusive
run_logged build/build.log "the build" \
  mvn -B -ntp -pl java/benchmarks -am -DskipTests -Dfabriq.cmake.target=natives package
rm -rf java/benchmarks/target/natives
lock_checkout --shared
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-modules jdk.incubator.vector \
  --enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -Dorg.bytedeco.javacpp.cachedir=java/benchmarks/target/natives "${program[@]}" "$@"
