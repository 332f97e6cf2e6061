#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fabriq command (natives, bridge, jars), without tests, if a source changed since the last time,
# or XRT or the cross compiler for boards was installed.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=java/cli/target/built
found="$(find /usr/lib -maxdepth 2 -name libxrt_swemu.a 2>/dev/null)"
found="$found $(command -v aarch64-linux-gnu-g++ || true)"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$found" ] && [ -z "$(find CMakeLists.txt CMakePresets.json pom.xml hls native bitstreams/reports \
  java/core java/runtime java/vector java/opponents java/toolkit java/report java/cli -name target -prune -o -type f -newer "$stamp" -print -quit)" ]; then
  exit 0
fi
scripts/setup.sh
echo "build.sh: building the fabriq command"
started="$(mktemp)"
trap 'rm -f "$started"' EXIT
log="$(mktemp)"
if ! mvn -B -ntp -Dstyle.color=never -pl java/cli -am -DskipTests \
  -Dfabriq.cmake.target=natives package >"$log" 2>&1; then
  tail -n 60 "$log" >&2
  echo "build.sh: the build failed; all of its output is in $log" >&2
  exit 1
fi
# JavaCPP tells versions of an unpacked library apart by size and time only.
rm -rf "$log" java/cli/target/natives
echo "$found" >"$stamp"
touch -r "$started" "$stamp"
