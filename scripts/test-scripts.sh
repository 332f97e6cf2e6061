#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tests what the scripts share: the lock of the checkout, commands with a log, wrong arguments.
set -euo pipefail
cd "$(dirname "$0")/.."

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp -r scripts "$work/scripts"

fail() {
  echo "test-scripts.sh: $*" >&2
  exit 1
}

# locked KIND COMMAND: a script of its own that takes the lock in the copy, then runs the command.
locked() {
  # shellcheck disable=SC2016 # the inner shell expands it
  env -u FABRIQ_CHECKOUT_LOCKED bash -euc '
    cd "$1"
    . scripts/lib/checkout.sh
    lock_checkout "$2"
    eval "$3"' "$work/script-$1" "$work" "$1" "$2"
}

# The second build waits for the first, and says for whom; what runs does not exclude what runs.
locked --exclusive 'echo $$ >begun; sleep 2; touch ended' &
first=$!
until [ -s "$work/begun" ]; do sleep 0.1; done
locked --exclusive "[ -e ended ]" 2>"$work/said" || fail "a second build did not wait for the first"
grep -q "waiting for another command of this checkout, pid $(cat "$work/begun")" "$work/said" ||
  fail "the second build does not say for whom it waits: $(cat "$work/said")"
wait "$first"
rm "$work/begun" "$work/ended"
# A command is named as the user typed it, not by the options of Java before that.
locked --shared 'touch begun; exec -a /usr/bin/java bash -c "sleep 2; touch ended" -jar a/fabriq.jar compare --images 3' &
first=$!
until [ -e "$work/begun" ]; do sleep 0.1; done
sleep 0.2
locked --exclusive "[ -e ended ]" 2>"$work/said" || fail "a build did not wait for a command"
grep -q "this checkout, pid [0-9]* (fabriq compare --images 3)" "$work/said" ||
  fail "a build does not say for which command it waits: $(cat "$work/said")"
wait "$first"
rm "$work/begun" "$work/ended"
locked --shared "touch begun; sleep 2; touch ended" &
first=$!
until [ -e "$work/begun" ]; do sleep 0.1; done
locked --shared "[ ! -e ended ]" 2>"$work/said" || fail "a command waited for another that only runs"
[ ! -s "$work/said" ] || fail "a command that does not wait says: $(cat "$work/said")"
locked --exclusive "[ -e ended ]" 2>"$work/said" || fail "a build did not wait for what runs"
wait "$first"

# What a failed command printed is shown, and its status kept.
cat >"$work/logged" <<'SCRIPT'
set -eu
. scripts/lib/checkout.sh
run_logged made/log 'what was to do' bash -c 'echo printed; echo wrong >&2; exit 7'
SCRIPT
status=0
(cd "$work" && bash logged >"$work/out" 2>"$work/said") || status=$?
[ "$status" -eq 7 ] || fail "status 7 became $status"
[ "$(cat "$work/made/log")" = $'printed\nwrong' ] || fail "the log is $(cat "$work/made/log")"
grep -q "what was to do failed with status 7; all of its output is in made/log" "$work/said" ||
  fail "a failure does not name its log: $(cat "$work/said")"
[ ! -s "$work/out" ] || fail "standard output is not the command's own: $(cat "$work/out")"

printf 'cd %q\n. scripts/lib/checkout.sh\nrun_logged made/log it bash -c "exit 130"\n' "$work" >"$work/interrupted"
! bash "$work/interrupted" 2>"$work/said" || fail "an interrupt is no failure"
[ "$(cat "$work/said")" = "interrupted: it was interrupted; its output so far is in made/log" ] ||
  fail "an interrupt says: $(cat "$work/said")"

# A build begins if a source is newer than what was built, and not for what tests left.
mkdir -p "$work/tools" "$work"/{hls,native,bitstreams/reports,java/core/target-x,java/cli/target}
touch "$work"/{CMakeLists.txt,CMakePresets.json,pom.xml}
printf '#!/bin/sh\nexit 7\n' >"$work/tools/mvn"
chmod +x "$work/tools/mvn"
echo demo >"$work/java/cli/target/built"
touch -d '1 hour' "$work/java/core/target-x/classes" "$work/java/core/Source.java"
build=(env -u FABRIQ_CHECKOUT_LOCKED "PATH=$work/tools:$PATH" "$work/scripts/build.sh" --demo)
status=0
"${build[@]}" 2>"$work/said" || status=$?
[ "$status" -eq 7 ] || fail "a newer source begins no build: $status, $(cat "$work/said")"
rm "$work/java/core/Source.java"
"${build[@]}" 2>"$work/said" || fail "what tests left begins a build: $(cat "$work/said")"

# Who may not write in a checkout can run what another user built there, and cannot build.
if [ "$(id -u)" -eq 0 ]; then
  chmod -R a+rX "$work"
  other=(setpriv --reuid nobody --regid nogroup --clear-groups env -u FABRIQ_CHECKOUT_LOCKED)
  "${other[@]}" "$work/scripts/build.sh" --demo || fail "another user cannot run what root built"
  touch -d '1 hour' "$work/java/core/Source.java"
  status=0
  "${other[@]}" "PATH=$work/tools:$PATH" "$work/scripts/build.sh" --demo 2>"$work/said" || status=$?
  [ "$status" -eq 2 ] || fail "another user's build ends with $status: $(cat "$work/said")"
  grep -q "belongs to root, and you cannot write there" "$work/said" ||
    fail "another user's build says: $(cat "$work/said")"
fi

# On a terminal a line tells how far it is, and is gone in the end.
cat >"$work/shown" <<'SCRIPT'
set -euo pipefail
cd "$1"
. scripts/lib/checkout.sh
lock_checkout --exclusive
run_logged made/log it bash -c 'echo "[INFO] Building FabriQ core 0.1  [2/7]"; echo "[3/9] Building"; sleep 2'
SCRIPT
env -u FABRIQ_CHECKOUT_LOCKED script -qec \
  "cd '$work'; stty cols 60; bash shown .; flock --nonblock build/checkout.lock echo lock free" \
  "$work/typed" >/dev/null </dev/null || fail "the lock outlives its script"
grep -q "s  core \[3/9\]" "$work/typed" || fail "no progress on a terminal: $(cat -v "$work/typed")"
[[ "$(grep 'lock free' "$work/typed")" = *$'\r\033[Klock free'* ]] || fail "the line stays: $(cat -v "$work/typed")"

# Without the public models there is nothing to measure, which is said and is no failure.
FABRIQ_MODELS="$work/nowhere" scripts/mlperf-tiny.sh >"$work/out" 2>&1 ||
  fail "mlperf-tiny.sh without models ended with $?: $(cat "$work/out")"
grep -q "skipped, there is no mlperf-tiny/kws_dscnn.onnx in FABRIQ_MODELS ($work/nowhere)" "$work/out" ||
  fail "mlperf-tiny.sh without models says: $(cat "$work/out")"

# The faults that the RTL's tests must find can still be made.
scripts/mutate-rtl.sh --check >"$work/out" 2>&1 || fail "mutate-rtl.sh --check: $(cat "$work/out")"

# A wrong argument is status 2 and is named.
for script in build setup train test-on smoke-arm64 test-distribution build-xclbin roofline mutate-rtl \
  synthesize-open mlperf-tiny test; do
  status=0
  "scripts/$script.sh" --nonsense >"$work/out" 2>&1 || status=$?
  [ "$status" -eq 2 ] || fail "scripts/$script.sh --nonsense ended with $status, not 2"
  grep -qE -- "--nonsense|no argument" "$work/out" || fail "$script: $(cat "$work/out")"
done
for arguments in "''" "network_i8 zynq --nonsense"; do
  status=0
  bash -c "scripts/synthesize-open.sh $arguments" >"$work/out" 2>&1 || status=$?
  [ "$status" -eq 2 ] || fail "synthesize-open.sh $arguments ended with $status, not 2"
done
echo "test-scripts.sh: the scripts work as they should"
