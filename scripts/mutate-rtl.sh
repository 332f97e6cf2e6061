#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows that the tests of the RTL kernels can fail: makes each fault of hls/rtl/test/mutations.txt in a
# copy of the repository and runs the test that must find it. A minute or two per fault.
#   scripts/mutate-rtl.sh           every fault
#   scripts/mutate-rtl.sh PATTERN   those whose line matches the regular expression
#   scripts/mutate-rtl.sh --check   only that each fault still changes one line of its file
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

case "$#:${1:-}" in
  *:-h | *:--help)
    sed -n '3,7s/^# \{0,1\}//p' "$0"
    exit
    ;;
  1:--check) pattern=. ;;
  [01]:-*) fail "unknown argument '$1'; give a regular expression, --check or nothing" ;;
  [01]:*) pattern="${1:-.}" ;;
  *) fail "give one regular expression or nothing, not $# arguments" ;;
esac
list=hls/rtl/test/mutations.txt
mapfile -t faults < <(grep -v '^#' "$list" | grep -e "$pattern" || true)
[ "${#faults[@]}" -gt 0 ] || fail "no fault in $list matches '$1'"

# changed_lines FILE SED: how many lines of the file the expression changes.
changed_lines() {
  sed "$2" "$1" | diff "$1" - | grep -c '^>' || true
}

for fault in "${faults[@]}"; do
  read -r _ _ file expression <<<"$fault"
  [ -f "hls/rtl/$file" ] || fail "$list names hls/rtl/$file, which does not exist; mend its line"
  lines="$(changed_lines "hls/rtl/$file" "$expression")"
  [ "$lines" = 1 ] ||
    fail "'$expression' changes $lines lines of $file, not one; mend its line in $list"
done
if [ "${1:-}" = --check ]; then
  echo "${#faults[@]} faults, each changes one line"
  exit
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$work"
cmake -S "$work" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release >"$work/log" 2>&1 ||
  fail "the copy cannot be configured: $(tail -n 5 "$work/log")"

# found KERNEL TEST FILE SED: whether the test fails with the fault; the copy is as before, then.
found() {
  local file="$work/hls/rtl/$3" target="$1_$2_rtl_test" program lists=() status=0
  cp "$file" "$work/original"
  sed -i "$4" "$file"
  cmake --build "$work/build" --target "$target" >"$work/log" 2>&1 ||
    fail "$3 with '$4' cannot be compiled: $(grep -i error "$work/log" | head -n 5)"
  program="$(find "$work/build/hls/rtl/test" -type f -name "$target" -executable)"
  [ -n "$program" ] || fail "the build made no program $target, which $list names; mend its line"
  [ "$2" != small ] || lists=("$work/hls/test/shapes_matmul.txt")
  timeout 300 "$program" "${lists[@]}" >"$work/log" 2>&1 || status=$?
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
