#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Trains networks with PyTorch (x86-64 only; its library, 110 MB, comes from Maven Central).
#   scripts/train.sh quantized --data DIR --weights net.npz --form integer --out net-w4.npz
#   scripts/train.sh mlp --data DIR --out mlp.npz     784-128-64-10 from the beginning
#   scripts/train.sh cnn --data DIR --out cnn.npz     a small convolutional network likewise
#   scripts/train.sh quantized --help                 what a training takes
# The page docs/training.md tells more.
set -euo pipefail
caller="$PWD"
cd "$(dirname "$0")/.."
root="$PWD"
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh
case "${1:-}" in
  mlp) program=TrainMlp ;;
  cnn) program=TrainCnn ;;
  quantized) program=TrainQuantized ;;
  -h | --help)
    sed -n '3,8s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  *) fail "'${1:-}' is no training; give quantized, mlp or cnn, see --help" ;;
esac
shift
scripts/setup.sh
lock_checkout --exclusive
run_logged build/build.log "the build" \
  mvn -B -ntp -pl java/training -am -DskipTests -Dfabriq.cmake.target=fabriq -P '!linux-arm64' package
lock_checkout --shared
# On some processors the gradients of PyTorch 2.5.1 are wrong with later instructions; the program says
# so where they are.
export ONEDNN_MAX_CPU_ISA="${ONEDNN_MAX_CPU_ISA:-SSE41}"
cd "$caller"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -cp "$root/java/training/target/fabriq-training.jar" "org.fabriq.training.$program" \
  --cache "$root/java/training/target/djl" "$@"
