#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The four networks of MLPerf Tiny, and the shipped MLP, as programs of network_i8: cycles of the
# simulated kernel, time at 100 MHz, the array's use, beside ONNX Runtime on this CPU in the same run,
# and beside what was published for boards with a Zynq-7020; from which batch boards would pay.
# docs/mlperf-tiny.md says what differs.
#   scripts/mlperf-tiny.sh [FOLDER]   some minutes; FOLDER keeps the files of 'fabriq latency'
# The networks are read from FABRIQ_MODELS (docs/importing.md says which files these are), and nothing
# is done without them. Without verilator, or without XRT, cycles are the planner's alone.
set -euo pipefail
usage() {
  sed -n '3,9s/^# \{0,1\}//p' "$0"
}
case "${1:-}" in
  -h | --help)
    usage
    exit 0
    ;;
  -*)
    echo "mlperf-tiny.sh: unknown argument '$1'; known are FOLDER and --help" >&2
    exit 2
    ;;
esac
if [ $# -gt 1 ] || { [ $# -eq 1 ] && [ ! -d "$1" ]; }; then
  echo "mlperf-tiny.sh: '$*' is no folder that exists; name one, or none" >&2
  exit 2
fi
kept="${1:+$(cd "$1" && pwd)}"
models="${FABRIQ_MODELS:+$(cd "$FABRIQ_MODELS" 2>/dev/null && pwd || echo "$FABRIQ_MODELS")}"
cd "$(dirname "$0")/.."
if [ -z "$models" ] && [ -d ../shared/data/models ]; then
  models="$(cd ../shared/data/models && pwd)"
fi
networks=(kws_dscnn ic_resnet8 vww_mobilenetv1_025 ad_deep_autoencoder)
for network in "${networks[@]}"; do
  if [ ! -f "$models/mlperf-tiny/$network.onnx" ]; then
    echo "mlperf-tiny.sh: skipped, there is no mlperf-tiny/$network.onnx in FABRIQ_MODELS" \
      "(${models:-not set}); docs/importing.md says where the networks are from"
    exit 0
  fi
done

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
out="${kept:-$work}"
for network in "${networks[@]}"; do
  scripts/fabriq import "$models/mlperf-tiny/$network.onnx" --out "$work/$network.npz" >"$work/said"
done
scripts/fabriq quantize --form integer --scheme per-channel:symmetric:8 --images 500 \
  --out "$work/mlp.npz" >"$work/said"
# files NETWORK...: their model files, with commas
files() {
  local list
  list="$(printf ",$work/%s.npz" "$@")"
  echo "${list#,}"
}

# The CPU first and by itself, so that no simulation runs beside it.
scripts/fabriq latency --networks "$(files "${networks[@]}" mlp)" --device cpu --launch layer \
  --batches 1,64 --csv "$out/cpu.csv" --json "$out/cpu.json"

# One launch with one image, and with 4 or 64: the kernel's cycles do not depend on the machine.
# simulate NETWORKS BATCHES NAME
counted=()
simulate() {
  if scripts/fabriq latency --networks "$1" --device xrt:hw_emu?model=rtl --launch network \
    --batches "$2" --samples 2 --seconds 0.01 --clock 100 --csv "$out/$3.csv" --json "$out/$3.json"; then
    counted+=("$out/$3.csv")
  else
    echo "mlperf-tiny.sh: these were not simulated, so their cycles are the planner's; see 'fabriq doctor'"
  fi
}
simulate "$(files "${networks[@]:0:3}")" 1,4 images
simulate "$(files "${networks[3]}" mlp)" 1,64 vectors

# network, published microseconds, by whom and on what
published() {
  cat <<'PUBLISHED'
kws_dscnn;323.8;fpgaConvNet, ZedBoard, results v1.1 closed
kws_dscnn;17.5;FINN, Pynq-Z2, results v0.7 open, another network (an MLP of 3-bit weights)
ic_resnet8;411.3;fpgaConvNet, ZedBoard, results v1.1 closed
vww_mobilenetv1_025;9486.6;fpgaConvNet, ZedBoard, results v1.1 closed
ad_deep_autoencoder;18.7;hls4ml, Pynq-Z2, results v0.7 open, another, smaller network
PUBLISHED
}
published >"$work/published"

echo
echo "MLPerf Tiny on $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) processors"
awk -F, -v published="$work/published" '
  FNR == 1 { next }
  {
    gsub(/"/, "", $1)
    if (!($1 in known)) { known[$1] = 1; names[++count] = $1 }
    planned[$1, $2] = $4
    mark = $8 == "true" ? "?" : ""
    if ($3 == "session" && NR == FNR) {
      threads = $6 ~ /threads/ ? "all" : "one"
      session[$1, $2, threads] = sprintf("%.1f%s", $10 / $2, mark)
    }
    # Behind the stages, whose number is that of the header: cycles are five from the end, in front
    # of a quoted text that may hold commas.
    if ($3 == "network" && $22 != "") { cycles[$1, $2] = $22; use[$1, $2] = $5; far[$1] = $2 }
  }
  END {
    printf "%-20s %10s %8s %6s %10s %8s | %9s %9s %9s %9s\n", "", "cycles", "us at", "array",
      "cycles of", "us at", "ORT, one", "all", "ORT, one", "all"
    printf "%-20s %10s %8s %6s %10s %8s | %9s %9s %9s %9s\n", "network", "1 image", "100 MHz", "use",
      "a further", "100 MHz", "thread us", "threads", "in 64, us", "threads"
    for (i = 1; i <= count; i++) {
      n = names[i]; c = (n, 1) in cycles ? cycles[n, 1] : planned[n, 1]; b = far[n]
      further = b > 1 ? (cycles[n, b] - cycles[n, 1]) / (b - 1) : (planned[n, 64] - planned[n, 1]) / 63
      # Vectors are computed at once: of a batch each has its part.
      if (n ~ /^(ad_|mlp)/) further = b > 1 ? cycles[n, b] / b : planned[n, 64] / 64
      printf "%-20s %10d %8.1f %6s %10.1f %8.1f | %9s %9s %9s %9s\n", n, c, c / 100,
        (n, 1) in use ? sprintf("%.0f %%", 100 * use[n, 1]) : "-", further, further / 100,
        session[n, 1, "one"], session[n, 1, "all"], session[n, 64, "one"], session[n, 64, "all"]
    }
    print ""
    print "Published for boards with a Zynq-7020, microseconds an inference:"
    while ((getline line < published) > 0) {
      split(line, part, ";")
      printf "%-20s %10s  %s\n", part[1], part[2], part[3]
    }
    print ""
    print "Cycles are those of one launch, from its start until its report is sent; the launch by the host comes on top."
    print "The clock of 100 MHz was not reached by placing and routing; nothing ran on a board. A further image"
    print "is one more in the same launch; of the autoencoder and the MLP, one of 64. ?: a noisy time."
  }' "$out/cpu.csv" "${counted[@]}"
echo
scripts/fabriq break-even --from "$out/cpu.json" --json "$out/break-even.json"
[ -z "$kept" ] || echo "files: $kept"
