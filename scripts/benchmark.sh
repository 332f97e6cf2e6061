#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs JMH benchmarks of java/benchmarks; arguments go to JMH, for instance: DispatchOverhead -prof gc
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh
mvn -B -q -pl java/benchmarks -am -DskipTests -Dfabriq.cmake.target=natives package
rm -rf java/benchmarks/target/natives
exec java -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -Dorg.bytedeco.javacpp.cachedir=java/benchmarks/target/natives \
  -jar java/benchmarks/target/fabriq-benchmarks.jar "$@"
