#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Synthesizes the RTL kernels with Yosys and writes what they need of a device to
# bitstreams/reports/<kernel>_<configuration>.json; of 7-series devices, whose delays Yosys knows, with
# the longest path by delays of cells alone. Only Yosys: no placement, no wires, no clock frequency.
#   scripts/synthesize-open.sh                          every kernel in every configuration
#   scripts/synthesize-open.sh KERNEL [CONFIGURATION]   one kernel (in one configuration)
#   scripts/synthesize-open.sh --check                  whether every committed report is of the
#                                                       sources as they are, comments aside; nothing
#                                                       is synthesized. Figures are those of one
#                                                       version of Yosys, which the report names
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

usage() {
  sed -n '3,12s/^# \{0,1\}//p' "$0"
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
  rm -f "$work"/*_pkg.sv
  cmake -DKERNEL="$1" -DCONFIGURATION="$2" -DDIRECTORY=hls/kernels -DTO="$work" \
    -P hls/cmake/packages.cmake
  {
    echo "hls/rtl/configurations/$2.sv"
    echo "$work/registers_pkg.sv"
    [ ! -f "$work/record_pkg.sv" ] || echo "$work/record_pkg.sv"
    [ ! -f "$work/target_pkg.sv" ] || echo "$work/target_pkg.sv"
    sed '\,^//,d; s,^,hls/rtl/,' "${list[0]}"
  } >"$work/sources"
}

# Yosys's commands after reading. Modules that stand in a kernel many times, with registers at their
# ports, are mapped once each and dissolved in the end; all else is dissolved before, and mapped as
# one. With nothing kept apart the time grows with the array, several passes faster than it: twice as
# long for a small fp32 kernel, with 3 % more LUTs.
# commands KERNEL CONFIGURATION
commands() {
  local family=xc7 repeated='*fp32_pe* *int8_columns*' synth
  [ "$2" != alveo ] || family=xcup
  [ "$1" != network_i8 ] || repeated='*network_quarter* *network_requantize* *network_add*'
  synth="synth_xilinx -family $family -top $1 -flatten -noiopad"
  echo "$synth -run begin:prepare"
  echo "setattr -mod -set keep_hierarchy 1 $repeated"
  echo "$synth -run prepare:"
  echo "setattr -mod -unset keep_hierarchy $repeated"
  echo "flatten"
}

# sources_hash KERNEL CONFIGURATION, after sources(): of the code without its comments, and of the
# configuration, which is the first of the sources, only the kernel's own sizes.
sources_hash() {
  local sizes=F32
  case "$1" in
    *i8i8) sizes=I8I8 ;;
    network_*) sizes=Network ;;
  esac
  {
    grep -oE "localparam int unsigned $sizes.*;" "$(head -n 1 "$work/sources")"
    sed 1d "$work/sources" | xargs cat | sed 's,[ \t]*//.*,,; /^[ \t]*$/d'
    commands "$@"
  } | sha256sum | cut -c1-16
}

# figures STAT: one line of JSON from the output of `stat -json`. LUT RAM and shift registers take the
# LUTs they occupy; a RAMB36 is two BRAM_18K.
figures() {
  tr -d '",:' <"$1" | awk '
    $1 == "num_cells_by_type" { cells = 1 }
    !cells { next }
    $1 ~ /^(LUT[1-6]|INV|SRL16E|SRLC16E|SRLC32E|RAM(32|64)X1S)$/ { lut += $2 }
    $1 ~ /^(RAM(32|64)X1D|RAM128X1S)$/ { lut += 2 * $2 }
    $1 ~ /^(RAM(32|64)M|RAM128X1D|RAM256X1S)$/ { lut += 4 * $2 }
    $1 ~ /^(RAM32M16|RAM64M8|RAM256X1D|RAM512X1S)$/ { lut += 8 * $2 }
    $1 ~ /^FD[RSCP]E(_1)?$/ { ff += $2 }
    $1 ~ /^DSP48E[12]$/ { dsp += $2 }
    $1 ~ /^RAMB18E[12]$/ { bram += $2 }
    $1 ~ /^RAMB36E[12]$/ { bram += 2 * $2 }
    $1 == "URAM288" { uram += $2 }
    $1 == "$scopeinfo" { next }  # where flattened cells were: no cell of the device
    $1 ~ /^\$/ && NF == 2 { print "synthesize-open.sh: unmapped cell " $1 > "/dev/stderr"; bad = 1 }
    $1 == "}" { exit }
    END {
      if (lut == 0 || bad) exit 1
      printf "\"LUT\": %d, \"FF\": %d, \"DSP\": %d, ", lut, ff, dsp
      printf "\"BRAM_18K\": %d, \"URAM\": %d", bram, uram
    }'
}

# longest PATHS: nanoseconds, from the output of `sta`.
longest() {
  sed -nE "s/^Latest arrival time in '.*' is ([0-9]+):$/\1/p" "$1" | awk '{ printf "%.2f", $1 / 1000 }'
}

# synthesize KERNEL CONFIGURATION FILE: writes the report to FILE: what Yosys's `stat -json` writes, with
# the figures and where they come from in front.
synthesize() {
  local kernel="$1" configuration="$2" family=xc7 hash used path="" timing="" start
  [ "$configuration" != alveo ] || family=xcup
  sources "$kernel" "$configuration"
  hash="$(sources_hash "$kernel" "$configuration")"
  start="$SECONDS"
  if [ "$family" = xc7 ]; then
    timing="read_verilog -lib -specify -overwrite +/xilinx/cells_sim.v
      tee -q -o $work/paths sta"
  fi
  yosys -q -l "$work/log" -p "read_verilog -sv $(xargs <"$work/sources")
    $(commands "$kernel" "$configuration")
    tee -q -o $work/stat stat -json
    $timing" >/dev/null 2>"$work/errors" ||
    fail "$(tail -n 5 "$work/errors" "$work/log")"
  used="$(figures "$work/stat")" || fail "no resources in Yosys's output for $kernel"
  if [ -n "$timing" ]; then
    path="$(longest "$work/paths")"
    [ -n "$path" ] || fail "no longest path in Yosys's output for $kernel"
  fi
  {
    echo "{"
    echo "  \"kernel\": \"$kernel\", \"configuration\": \"$configuration\", \"family\": \"$family\","
    echo "  \"used\": {$used},"
    [ -z "$path" ] || echo "  \"longest_path_ns\": $path,"
    echo "  \"sources_sha256\": \"$hash\","
    sed '0,/^{/d' "$work/stat"
  } >"$3"
  echo "$kernel $configuration ($family): $used${path:+, $path ns} ($((SECONDS - start)) s)"
}

# check REPORT: fails if it is of other sources.
check() {
  local name kernel configuration
  name="$(basename -s .json "$1")"
  kernel="${name%_*}"
  configuration="${name##*_}"
  sources "$kernel" "$configuration"
  grep -q "$(sources_hash "$kernel" "$configuration")" "$1" ||
    fail "$1 is of other sources; run scripts/synthesize-open.sh $kernel $configuration and commit it"
}

case "${1:-}" in
  -h | --help)
    usage
    ;;
  --check)
    [ $# -eq 1 ] || fail "--check takes no more arguments; it checks all of $reports"
    for report in "$reports"/*.json; do
      check "$report"
    done
    ;;
  -*)
    fail "unknown argument '$1'; known are --check and --help"
    ;;
  *)
    [ $# -le 2 ] || fail "'$3' is one argument too many; it takes KERNEL and CONFIGURATION, see --help"
    for argument in "$@"; do
      [ -n "$argument" ] || fail "an argument is empty; leave it out for all kernels or configurations"
    done
    command -v yosys >/dev/null 2>&1 || fail "yosys is not installed; run apt-get install yosys"
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
