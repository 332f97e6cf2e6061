# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# For scripts that build in this checkout, or run what was built there; they source it in its root.

# say TEXT...: a line on standard error, with the script's name in front.
say() {
  echo "$(basename "$0"): $*" >&2
}

# fail TEXT...: the same, and the end of the script.
fail() {
  say "$*"
  exit 2
}

# mnist_folder CALLER: the MNIST that tests read: FABRIQ_MNIST, as seen from the caller's folder, else
# ../shared/data/mnist where it exists, else nothing.
mnist_folder() {
  if [ -n "${FABRIQ_MNIST:-}" ]; then
    (cd "$1" && cd "$FABRIQ_MNIST" && pwd)
  elif [ -d ../shared/data/mnist ]; then
    (cd ../shared/data/mnist && pwd)
  fi
}

# lock_checkout --shared|--exclusive: a build excludes other builds and everything that runs from the
# checkout; what runs from there (and goes on holding the lock after exec) excludes builds. Waits, and
# says so. A script that was started by one that holds the lock takes none.
lock_checkout() {
  [ -z "${FABRIQ_CHECKOUT_LOCKED:-}" ] || return 0
  if [ "$1" = --exclusive ] || [ ! -e build/checkout.lock ]; then
    { mkdir -p build && [ -w build ]; } 2>/dev/null ||
      fail "$PWD belongs to $(stat -c %U .), and you cannot write there; build as that user, or in" \
        "a clone of your own"
    [ -e build/checkout.lock ] || : >build/checkout.lock
  fi
  # To read is enough for a lock, also for those who may not write.
  [ -n "${checkout_lock:-}" ] || exec {checkout_lock}<build/checkout.lock
  if ! flock --nonblock "$1" "$checkout_lock"; then
    say "waiting for another command of this checkout, $(lock_holders)"
    flock "$1" "$checkout_lock"
  fi
}

# hold_checkout: the same, exclusively, for this script and those that it starts.
hold_checkout() {
  lock_checkout --exclusive
  export FABRIQ_CHECKOUT_LOCKED=1
}

# lock_holders: who has the lock, as "pid 1234 (fabriq compare)": the kernel tells of each open file
# whether it locks. Children have it with their parent, the first.
lock_holders() {
  local open pid first=
  while read -r open; do
    if grep -q '^lock:' "${open/fd/fdinfo}" 2>/dev/null; then
      pid="${open#/proc/}"
      pid="${pid%%/*}"
      if [ -z "$first" ] || [ "$pid" -lt "$first" ]; then
        first="$pid"
      fi
    fi
  done < <(find /proc/[0-9]*/fd -lname "$PWD/build/checkout.lock" 2>/dev/null)
  if [ -n "$first" ]; then
    echo "pid $first ($(command_line "$first"))"
  else
    echo "which another user runs"
  fi
}

# command_line PID: what runs there, as a user typed it: 'fabriq compare', without Java and its options.
command_line() {
  tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null |
    sed -E 's|^[^ ]*java .*/fabriq\.jar|fabriq|; s|^[^ ]*bash ||; s/ +$//' | cut -c 1-80
}

# run_logged LOG WHAT COMMAND...: runs the command with its output in the log. On a terminal one line
# shows how far Maven and ninja are. A failure of WHAT shows the log's last lines and names the log.
run_logged() {
  local log="$1" what="$2" status=0 reporter=
  shift 2
  mkdir -p "$(dirname "$log")"
  : >"$log"
  if [ -t 2 ]; then
    show_progress "$log" &
    reporter=$!
  fi
  "$@" >>"$log" 2>&1 </dev/null || status=$?
  if [ -n "$reporter" ]; then
    kill "$reporter" 2>/dev/null || true
    wait "$reporter" 2>/dev/null || true
    printf '\r\033[K' >&2
  fi
  if [ "$status" -eq 130 ]; then
    say "$what was interrupted; its output so far is in $log"
  elif [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    say "$what failed with status $status; all of its output is in $log"
  fi
  return "$status"
}

# show_progress LOG: what the log's command is at, twice a second, on one line of the terminal, until
# the script that began it ends.
show_progress() {
  local columns shown
  # What it starts may outlive the script for a moment, and must not hold the lock then.
  [ -z "${checkout_lock:-}" ] || exec {checkout_lock}>&-
  columns="$(stty size <&2 2>/dev/null | cut -d ' ' -f 2)"
  while kill -0 $$ 2>/dev/null; do
    # The last module that Maven began, or package that apt unpacks, and ninja's last step after it.
    shown="$(awk '
      /^\[INFO\] Building FabriQ/ { at = $4; step = "" }
      /^(Get:|Unpacking |Setting up )/ { at = $0; sub(/ \(.*/, "", at) }
      /^\[[0-9]+\/[0-9]+\] / { step = $1 }
      END { print at, step }' "$1")"
    printf '\r\033[K  %.*s' $((${columns:-80} - 4)) "$SECONDS s  $shown" >&2
    sleep 0.5
  done
}
