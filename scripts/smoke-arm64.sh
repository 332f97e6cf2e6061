#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tests the natives of linux-arm64 boards on a PC (x86-64, Debian): cross-builds them, then runs C++
# tests and the command in an arm64 JVM, both under qemu's user mode.
# Installs g++-aarch64-linux-gnu, qemu-user-static and unzip with apt. The arm64 JRE, libxrt and what
# they link are only downloaded and unpacked, into FABRIQ_ARM64_ROOT (~/.cache/fabriq/arm64-RELEASE).
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

case "${1:-}" in
  "") ;;
  -h | --help)
    sed -n '3,6s/^# //p' "$0"
    exit 0
    ;;
  *)
    fail "unknown argument '$1'; it takes none"
    ;;
esac

if ! grep -q '^ID=debian$' /etc/os-release; then
  echo "smoke-arm64.sh: left out: it takes arm64 packages from Debian's archive, and this is" \
    "$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release)"
  exit 0
fi
codename="$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)"
root="${FABRIQ_ARM64_ROOT:-${XDG_CACHE_HOME:-$HOME/.cache}/fabriq/arm64-$codename}"
jar=java/cli/target/fabriq.jar
tests=(matmul_f32f32_test matmul_f32i8_test matmul_i8i8_test fp32_flush_test arguments_test
  problems_test packed_weights_test network_runs_test)

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

step() {
  echo "smoke-arm64.sh: $* (after $SECONDS s)"
}

# unpack_root: with an apt of its own, so that neither root nor this machine's packages are needed.
# Absolute links are turned into the root.
unpack_root() {
  local package jre packages=(libc6 libgcc-s1 libstdc++6 zlib1g libxrt1 libuuid1 ocl-icd-libopencl1)
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/debs" "$work/root"
  cat >"$work/apt.conf" <<CONF
Dir::State "$work/state";
Dir::State::status "/dev/null";
Dir::Cache "$work/cache";
APT::Architecture "arm64";
APT::Architectures { "arm64"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
CONF
  export APT_CONFIG="$work/apt.conf"
  apt-get update -q
  for jre in 17 21 25; do
    if [[ "$(apt-cache policy "openjdk-$jre-jre-headless")" =~ Candidate:\ [^\(] ]]; then
      packages+=("openjdk-$jre-jre-headless")
      break
    fi
  done
  (cd "$work/debs" && apt-get download -q "${packages[@]}")
  unset APT_CONFIG
  for package in "$work"/debs/*.deb; do
    dpkg-deb -x "$package" "$work/root"
  done
  # From Debian 13 on, packages hold no /lib, which is a link of the system's.
  [ -e "$work/root/lib" ] || ln -s usr/lib "$work/root/lib"
  find "$work/root" -lname '/*' -printf '%p\t%l\n' | while IFS=$'\t' read -r link target; do
    ln -snfr "$work/root$target" "$link"
  done
  mkdir -p "$(dirname "$root")"
  rm -rf "$root"
  mv "$work/root" "$root"
}

step "tools"
scripts/setup.sh --arm64
hold_checkout
# arm64_java: the JVM in the root.
arm64_java() {
  find "$root/usr/lib/jvm" -path '*-openjdk-arm64/bin/java' 2>/dev/null | sort | head -n 1
}
if [ -z "$(arm64_java)" ]; then
  step "unpacking Debian's arm64 JRE and libxrt into $root"
  unpack_root
fi

step "cross build"
cmake --preset linux-arm64 >/dev/null
cmake --build --preset linux-arm64 --target fabriq "${tests[@]}"

step "C++ tests under qemu"
ctest --preset linux-arm64 -j "$(nproc)" \
  -R "^($(IFS='|' && echo "${tests[*]}")|library|kernels_neon)\$"

# The loader resolves every symbol of XRT and OpenCL in libraries that were only named at build time.
step "XRT and OpenCL libraries against Debian's arm64 libxrt"
for library in libfabriq_xrt libfabriq_opencl; do
  if [ ! -f "build/linux-arm64/native/$library.so" ]; then
    echo "smoke-arm64.sh: left out: $library.so, built after scripts/setup.sh --xrt alone"
    continue
  fi
  trace="$(qemu-aarch64-static -L "$root" -E LD_LIBRARY_PATH=/usr/lib/aarch64-linux-gnu \
    -E LD_TRACE_LOADED_OBJECTS=1 -E LD_WARN=yes -E LD_BIND_NOW=yes \
    "$root/lib/ld-linux-aarch64.so.1" "build/linux-arm64/native/$library.so" 2>&1)"
  if grep "undefined symbol.*$library" <<<"$trace"; then
    echo "smoke-arm64.sh: $library.so calls what Debian's arm64 libraries do not have" >&2
    exit 1
  fi
done

# The command's jar carries these natives, or is built to.
carried() {
  local runtime=(java/cli/target/lib/fabriq-runtime-*.jar)
  [ -f "$jar" ] && [ -f "${runtime[0]}" ] &&
    unzip -p "${runtime[0]}" org/fabriq/bridge/linux-arm64/libfabriq.so |
    cmp -s - build/linux-arm64/native/libfabriq.so
}
if ! carried; then
  step "the command"
  rm -f java/cli/target/built
  scripts/build.sh
fi

step "fabriq compare in an arm64 JVM"
cp -r "$jar" java/cli/target/lib "$work"
rm -f "$work"/lib/onnxruntime-*.jar  # crashes at start: it reads the PC's /proc/cpuinfo
java=(qemu-aarch64-static -L "$root" "$(arm64_java)"
  --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m -Xshare:auto)
fabriq=("${java[@]}" -Dorg.bytedeco.javacpp.cachedir="$work/natives" -jar "$work/fabriq.jar")
"${fabriq[@]}" compare --images 64 --calibrate 64 --batch 32 --samples 5
ended=0
said="$("${fabriq[@]}" compare --device xrt:sw_emu 2>&1)" || ended="$?"
if [ "$ended" -ne 2 ] || ! grep -q "XRT's emulations are for linux-x86_64" <<<"$said"; then
  echo "smoke-arm64.sh: compare --device xrt:sw_emu ended with $ended: $said" >&2
  exit 1
fi
step "done"
