#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows that the tests of the RTL kernels can fail: makes each fault of hls/rtl/test/mutations.txt in a
# copy of the repository and runs the test that must find it. A minute or two per fault.
#   scripts/mutate-rtl.sh           every fault
#   scripts/mutate-rtl.sh PATTERN   those whose line matches the regular expression
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

case "$#:${1:-}" in
  *:-h | *:--help)
    sed -n '3,6s/^# \{0,1\}//p' "$0"
    exit
    ;;
  [01]:-*) fail "unknown argument '$1'; give a regular expression or nothing" ;;
  [01]:*) ;;
  *) fail "give one regular expression or nothing, not $# arguments" ;;
esac
list=hls/rtl/test/mutations.txt
mapfile -t faults < <(grep -v '^#' "$list" | grep -e "${1:-.}" || true)
[ "${#faults[@]}" -gt 0 ] || fail "no fault in $list matches '$1'"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$work"
cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$work/log" 2>&1 ||
  fail "the copy cannot be configured: $(tail -n 5 "$work/log")"

# found KERNEL TEST FILE SED: whether the test fails with the fault; the copy is as before, then.
found() {
  local file="$work/hls/rtl/$3" program="$1_$2_rtl_test" lists=() status=0
  cp "$file" "$work/original"
  sed -i "$4" "$file"
  [ "$(diff "$work/original" "$file" | grep -c '^>')" = 1 ] || fail "'$4' does not change one line of $3"
  cmake --build "$work/build" --target "$program" >"$work/log" 2>&1 ||
    fail "$3 with '$4' cannot be compiled: $(grep -i error "$work/log" | head -n 5)"
  [ "$2" != small ] || lists=("$work/hls/test/shapes_matmul.txt")
  timeout 300 "$work/build/hls/rtl/test/$program" "${lists[@]}" >"$work/log" 2>&1 || status=$?
  mv "$work/original" "$file"
  [ "$status" != 0 ]
}

survived=0
for fault in "${faults[@]}"; do
  read -r kernel test file expression <<<"$fault"
  if found "$kernel" "$test" "$file" "$expression"; then
    echo "found      $fault"
    sed -n '$s/^/           /p' "$work/log"
  else
    echo "NOT FOUND  $fault"
    survived=$((survived + 1))
  fi
done
echo "${#faults[@]} faults, $survived not found"
[ "$survived" = 0 ]
