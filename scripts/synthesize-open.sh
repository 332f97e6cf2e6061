#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Synthesizes the RTL kernels with Yosys and writes what they need of a device to
# bitstreams/reports/<kernel>_<configuration>.json. Only Yosys: no placement, no clock frequency.
#   scripts/synthesize-open.sh                          every kernel in every configuration
#   scripts/synthesize-open.sh KERNEL [CONFIGURATION]   one kernel (in one configuration)
#   scripts/synthesize-open.sh --check KERNEL CONFIGURATION   compares with the committed report
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  sed -n '3,7s/^# \{0,1\}//p' "$0"
}

fail() {
  echo "synthesize-open.sh: $*" >&2
  exit 2
}

reports=bitstreams/reports
work=""
trap 'rm -rf "$work"' EXIT
work="$(mktemp -d)"

# sources KERNEL CONFIGURATION: writes the paths, in order, to $work/sources.
sources() {
  local list=(hls/rtl/*/"$1".f)
  [ -f "${list[0]}" ] || fail "no RTL kernel $1; known are $(basename -s .f hls/rtl/*/*.f | xargs)"
  [ -f "hls/rtl/configurations/$2.sv" ] ||
    fail "no configuration $2; known are $(basename -s .sv hls/rtl/configurations/*.sv | xargs)"
  cmake -DKERNEL="$1" -DDIRECTORY=hls/kernels -DOUTPUT="$work/registers_pkg.sv" \
    -P hls/rtl/cmake/registers.cmake
  {
    echo "hls/rtl/configurations/$2.sv"
    echo "$work/registers_pkg.sv"
    sed 's,^,hls/rtl/,' "${list[0]}"
  } >"$work/sources"
}

# Counts cells: `stat` lines are "  NAME  COUNT". LUT RAM and shift registers take the LUTs they
# occupy.
count_cells() {
  awk '
    $1 ~ /^(LUT[1-6]|INV|SRL16E|SRLC16E|SRLC32E|RAM(32|64)X1S)$/ { lut += $2 }
    $1 ~ /^(RAM(32|64)X1D|RAM128X1S)$/ { lut += 2 * $2 }
    $1 ~ /^(RAM(32|64)M|RAM128X1D|RAM256X1S)$/ { lut += 4 * $2 }
    $1 ~ /^(RAM32M16|RAM64M8|RAM256X1D|RAM512X1S)$/ { lut += 8 * $2 }
    $1 ~ /^FD[RSCP]E(_1)?$/ { ff += $2 }
    $1 ~ /^DSP48E[12]$/ { dsp += $2 }
    $1 ~ /^RAMB18E[12]$/ { bram += $2 }
    $1 ~ /^RAMB36E[12]$/ { bram += 2 * $2 }
    $1 == "URAM288" { uram += $2 }
    $1 ~ /^\$/ && NF == 2 { print "synthesize-open.sh: unmapped cell " $1 > "/dev/stderr"; bad = 1 }
    END {
      if (lut == 0 || bad) exit 1
      printf "  \"lut\": %d,\n  \"ff\": %d,\n  \"dsp\": %d,\n", lut, ff, dsp
      printf "  \"bram_18k\": %d,\n  \"uram\": %d", bram, uram
    }' "$1"
}

# synthesize KERNEL CONFIGURATION FILE: writes the report to FILE.
synthesize() {
  local kernel="$1" configuration="$2" family=xc7 hash counts start
  [ "$configuration" != alveo ] || family=xcup
  sources "$kernel" "$configuration"
  hash="$(xargs cat <"$work/sources" | sha256sum | cut -c1-16)"
  start="$SECONDS"
  yosys -q -l "$work/log" -p "read_verilog -sv $(xargs <"$work/sources")
    synth_xilinx -family $family -top $kernel -flatten -noiopad
    tee -o $work/stat stat" >/dev/null 2>"$work/errors" ||
    fail "$(tail -n 5 "$work/errors" "$work/log")"
  counts="$(count_cells "$work/stat")" || fail "no resources in Yosys's output for $kernel"
  cat >"$3" <<END
{
  "kernel": "$kernel",
  "configuration": "$configuration",
  "family": "$family",
  "tool": "$(yosys -V | cut -d' ' -f1,2)",
  "sources_sha256": "$hash",
$counts
}
END
  echo "$kernel $configuration: $(grep -E '"(lut|ff|dsp|bram_18k|uram)"' "$3" | tr -d '\n" ') ($((SECONDS - start)) s)"
}

# Resources, without what says where they come from.
resources() {
  grep -E '"(family|lut|ff|dsp|bram_18k|uram)"' "$1"
}

command -v yosys >/dev/null 2>&1 || fail "yosys is not installed; run scripts/setup.sh --test"

case "${1:-}" in
  -h | --help)
    usage
    ;;
  --check)
    [ $# -eq 3 ] || fail "--check needs a kernel and a configuration"
    committed="$reports/$2_$3.json"
    [ -f "$committed" ] || fail "$committed is missing; run scripts/synthesize-open.sh $2 $3"
    synthesize "$2" "$3" "$work/report"
    if ! diff <(resources "$committed") <(resources "$work/report"); then
      fail "$committed is out of date; run scripts/synthesize-open.sh $2 $3 and commit it"
    fi
    ;;
  -*)
    fail "unknown argument '$1'; known are --check and --help"
    ;;
  *)
    mkdir -p "$reports"
    read -ra kernels <<<"${1:-$(basename -s .f hls/rtl/*/*.f | xargs)}"
    read -ra configurations <<<"${2:-$(basename -s .sv hls/rtl/configurations/*.sv | xargs)}"
    for kernel in "${kernels[@]}"; do
      for configuration in "${configurations[@]}"; do
        synthesize "$kernel" "$configuration" "$work/report"
        mv "$work/report" "$reports/${kernel}_$configuration.json"
      done
    done
    ;;
esac
