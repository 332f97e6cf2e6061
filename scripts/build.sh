#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fabriq command (natives, bridge, jars), without tests, if a source changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=java/cli/target/built
if [ -f "$stamp" ] && [ -z "$(find CMakeLists.txt CMakePresets.json pom.xml hls native \
  java/core java/runtime java/cli -name target -prune -o -type f -newer "$stamp" -print -quit)" ]; then
  exit 0
fi
scripts/setup.sh
echo "build.sh: building the fabriq command"
started="$(mktemp)"
trap 'rm -f "$started"' EXIT
log="$(mktemp)"
if ! mvn -B -ntp -Dstyle.color=never -pl java/cli -am -DskipTests \
  -Dfabriq.cmake.target=fabriq package >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  echo "build.sh: the build failed; all of its output is in $log" >&2
  exit 1
fi
rm -f "$log"
touch -r "$started" "$stamp"
