#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the fabriq command (natives, bridge, jars), without tests, if a source changed since the last
# time, or XRT, verilator or the cross compiler for boards was installed.
#   scripts/build.sh          with everything that this machine has the tools for
#   scripts/build.sh --demo   only what the demo runs: the device emulation and the CPU devices
# Maven's output goes to build/build.log.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

case "${1:-}" in
  "") extent=all ;;
  --demo) extent=demo ;;
  -h | --help)
    sed -n '3,7s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *) fail "unknown argument '$1'; known are --demo and --help" ;;
esac

stamp=java/cli/target/built
tools="$(find /usr/lib -maxdepth 2 -name libxrt_swemu.a 2>/dev/null)"
tools="$tools $(command -v aarch64-linux-gnu-g++ || true) $(command -v verilator || true)"

# built EXTENT: whether that is built, from today's sources and tools.
built() {
  [ -f "$stamp" ] || return 1
  [ "$(cat "$stamp")" = "all $tools" ] || { [ "$1" = demo ] && [ "$(cat "$stamp")" = demo ]; } ||
    return 1
  [ -z "$(find CMakeLists.txt CMakePresets.json pom.xml hls native bitstreams/reports java \
    \( -name 'target*' -o -path java/benchmarks -o -path java/training -o -path java/dist \) -prune \
    -o -type f -newer "$stamp" -print -quit)" ]
}

lock_checkout --shared
! built "$extent" || exit 0
scripts/setup.sh
lock_checkout --exclusive
! built "$extent" || exit 0

arguments=(-B -ntp -Dstyle.color=never -pl java/cli -am -DskipTests package)
if [ "$extent" = demo ]; then
  arguments+=(-Dfabriq.cmake.target=fabriq -P '!linux-arm64')
  takes="about a minute"
else
  arguments+=(-Dfabriq.cmake.target=natives)
  takes="about two minutes"
  simulator=build/dev/native/fabriq_simulator
  if command -v verilator >/dev/null 2>&1 &&
    { [ ! -f "$simulator" ] || [ -n "$(find hls/rtl -newer "$simulator" -print -quit)" ]; }; then
    takes="about ten minutes, most of them for the simulated kernels of xrt:hw_emu"
  fi
fi
say "building the fabriq command, which takes $takes; Maven's output goes to build/build.log"
started="$(mktemp)"
trap 'rm -f "$started"' EXIT
run_logged build/build.log "the build" mvn "${arguments[@]}"
# JavaCPP tells versions of an unpacked library apart by size and time only.
rm -rf java/cli/target/natives
if [ "$extent" = demo ]; then echo demo; else echo "all $tools"; fi >"$stamp"
touch -r "$started" "$stamp"
say "built in $SECONDS s"
