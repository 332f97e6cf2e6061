#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds an xclbin, build/xclbin/PLATFORM/TARGET/fabriq.xclbin, and its manifest:
#   scripts/build-xclbin.sh --platform u50 --target hw_emu --kernels matmul_i8i8
#   --platform NAME     a file of bitstreams/platforms
#   --target TARGET     hw, hw_emu or sw_emu
#   --kernels LIST      as matmul_i8i8,matmul_f32i8, or all (default)
#   --flow FLOW         vitis: AMD's tools. open: FabriQ's own xclbins, emulation only.
#                       Default: vitis for hw, and where v++ is on the PATH; else open
#   --source SOURCE     hls (default), or rtl: the kernels of hls/rtl
#   --vitis VERSION     whose commands, 2022.1 to 2024.2; default: the v++ on the PATH, else 2024.2
#   --vitis-platform P  name or .xpfm of another Vitis platform than that of the platform's file
#   --profile           with counters for data transfers and compute units (flow vitis)
#   --folder FOLDER     another folder than build/xclbin/PLATFORM/TARGET
#   --dry-run           print what would be run, as a shell script, and run nothing
# The variable FABRIQ names another fabriq command than scripts/fabriq.
set -euo pipefail
root="$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)"

fail() {
  echo "build-xclbin.sh: $*" >&2
  exit 2
}

declare -A option=([kernels]=all [flow]=auto [source]=hls [platform]='' [target]='' [vitis]=''
  [vitis-platform]='' [folder]='')
profile=
planned=
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      sed -n '3,19s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    --dry-run) planned=1 ;;
    --profile) profile=1 ;;
    --out) fail "--out is gone: it is --folder now" ;;
    --*)
      [ -v "option[${1#--}]" ] || fail "unknown argument '$1'; see scripts/build-xclbin.sh --help"
      [ $# -gt 1 ] || fail "$1 needs a value; see scripts/build-xclbin.sh --help"
      option[${1#--}]="$2"
      shift
      ;;
    *) fail "unknown argument '$1'; see scripts/build-xclbin.sh --help" ;;
  esac
  shift
done
out="${option[folder]:-$root/build/xclbin/${option[platform]}/${option[target]}}"
[[ "$out" = /* ]] || out="$PWD/$out"
[[ "$root$out" =~ ^[-A-Za-z0-9_./+@]+$ ]] ||
  fail "paths '$root' and '$out': the vendor's tools take no spaces or special characters;" \
    "use others"

found=
if command -v v++ >/dev/null 2>&1; then
  found="$(v++ --version 2>/dev/null | sed -n 's/.* v\(20[0-9][0-9]\.[0-9]\).*/\1/p' | head -n 1)"
  found="${found:-${option[vitis]:-unknown}}"
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if ! cmake -DPLATFORM="${option[platform]}" -DTARGET="${option[target]}" \
  -DKERNELS="${option[kernels]}" -DFLOW="${option[flow]}" -DSOURCE="${option[source]}" \
  -DVITIS="${option[vitis]}" -DVITIS_PLATFORM="${option[vitis-platform]}" \
  -DPROFILE="$profile" -DOUT="$out" -DFOUND="$found" -DPLANNED="$planned" \
  -DFABRIQ="${FABRIQ:-$root/scripts/fabriq}" -DSCRIPT="$work/script" \
  -P "$root/bitstreams/cmake/build_xclbin.cmake" 2>"$work/errors"; then
  grep '^build-xclbin.sh: ' "$work/errors" >&2 || cat "$work/errors" >&2
  exit 2
fi
if [ -n "$planned" ]; then
  cat "$work/script"
else
  bash "$work/script"
fi
