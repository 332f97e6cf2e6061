#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what FabriQ's build needs on Debian or Ubuntu, and nothing that is there already.
#   scripts/setup.sh          what the demo needs: cmake, ninja, g++
#   scripts/setup.sh --xrt    also Debian's XRT and OpenCL, for the devices xrt: and opencl:
#   scripts/setup.sh --arm64  also the cross compiler for boards, qemu to test with, unzip
#   scripts/setup.sh --test   also what the tests need: --xrt, --arm64, clang (the distribution's
#                             version) with sanitizers and bindings for Python, clang-format,
#                             verilator, shellcheck, zlib1g-dev, chromium,
#                             device-tree-compiler, tcl, zsh
# The output of apt-get goes to build/setup.log.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

usage() {
  sed -n '3,11s/^# \{0,1\}//p' "$0"
}

packages=()

# add PACKAGE: to what is installed, once.
add() {
  case " ${packages[*]} " in
    *" $1 "*) ;;
    *) packages+=("$1") ;;
  esac
}

# need COMMAND PACKAGE
need() {
  command -v "$1" >/dev/null 2>&1 || add "$2"
}

need cmake cmake
need ninja ninja-build
need g++ g++

# need_package PACKAGE [PATTERN...]: for packages without a command; others of the patterns do as well.
need_package() {
  local found
  found="$(dpkg-query -W -f '${db:Status-Status} ' "$@" 2>/dev/null || true)"
  case " $found" in
    *" installed "*) ;;
    *) add "$1" ;;
  esac
}

# need_xrt: XRT and its static drivers (with what they link), the OpenCL loader and headers, unzip.
need_xrt() {
  local package
  for package in libxrt1 libxrt-dev ocl-icd-opencl-dev opencl-headers uuid-dev libprotobuf-dev \
    libboost-filesystem-dev libboost-system-dev; do
    need_package "$package"
  done
  need unzip unzip
}

# need_arm64: the cross compiler for boards, qemu and unzip.
need_arm64() {
  need aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
  need qemu-aarch64-static qemu-user-static
  need unzip unzip
}

case "${1:-}" in
  "") ;;
  --xrt)
    need_xrt
    ;;
  --arm64)
    need_arm64
    ;;
  --test)
    need_xrt
    need_package clang 'clang-1[4-9]' 'clang-2[0-9]'
    need_package libclang-rt-dev 'libclang-rt-1[4-9]-dev' 'libclang-rt-2[0-9]-dev'
    need_package python3-clang 'python3-clang-1[4-9]' 'python3-clang-2[0-9]'
    need_arm64
    need_package clang-format 'clang-format-1[4-9]' 'clang-format-2[0-9]'
    need shellcheck shellcheck
    need zsh zsh
    need verilator verilator
    need_package zlib1g-dev
    need chromium chromium
    need dtc device-tree-compiler
    need tclsh tcl
    ;;
  -h | --help)
    usage
    exit 0
    ;;
  *)
    fail "unknown argument '$1'; known are --xrt, --arm64, --test and --help"
    ;;
esac

bin="${JAVA_HOME:+$JAVA_HOME/bin/}"
for tool in "${bin}java" "${bin}javac" mvn; do
  if ! command -v "$tool" >/dev/null 2>&1; then
    fail "$tool is missing; install a JDK of 17 or later and Maven (apt-get install" \
      "default-jdk-headless maven), or set JAVA_HOME to a JDK"
  fi
done

[ "${#packages[@]}" -gt 0 ] || exit 0
command -v apt-get >/dev/null 2>&1 || fail "no apt-get here; install by hand: ${packages[*]}"

# has PACKAGE: whether apt knows it.
has() {
  [[ "$(LC_ALL=C apt-cache policy "$1")" =~ Candidate:\ [^\(] ]]
}

# leave_out_unknown: Ubuntu, for one, has Chromium as a snap only. Ends the script if nothing is left.
leave_out_unknown() {
  local package known=()
  for package in "${packages[@]}"; do
    if has "$package"; then
      known+=("$package")
    else
      say "this system's apt has no package $package: what needs it is left out, tests say so"
    fi
  done
  packages=("${known[@]}")
  [ "${#packages[@]}" -gt 0 ] || exit 0
}

# Without lists, as on a new system, apt knows nothing yet.
! has cmake || leave_out_unknown
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
  remedy="run as root: apt-get install ${packages[*]}"
  command -v sudo >/dev/null 2>&1 || fail "not root and no sudo; $remedy"
  say "${packages[*]} must be installed, for which sudo may ask for your password"
  sudo env true || fail "sudo refuses; $remedy"
fi

# install ARGUMENT...: apt-get's, in English, without questions.
install() {
  "${as_root[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive \
    apt-get install -q --no-install-recommends "$@" "${packages[@]}"
}

log=build/setup.log
run_logged "$log" "apt-get update" "${as_root[@]}" apt-get update -q
leave_out_unknown
# What apt-get would do, in its words: "3 newly installed", "Need to get 444 MB of archives".
plan="$(install --assume-no 2>/dev/null || true)"
count="$(sed -nE 's/.* ([0-9]+) newly installed.*/\1/p' <<<"$plan")"
size="$(sed -nE 's/^Need to get ([0-9.,]+ .?B).*/\1/p' <<<"$plan")"
say "installing ${packages[*]} with apt-get: ${count:-some} packages with what they need," \
  "${size:-an unknown size} to download; its output goes to $log"
run_logged "$log" "apt-get install" install --yes
