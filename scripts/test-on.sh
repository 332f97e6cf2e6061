#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tries the README's two commands on a bare Debian, in a folder of its own: as a user without sudo
# (who is told what to install), as root (who gets it installed), and as that user again. To be run as
# root before a release; it takes about an hour and a half, or some minutes with --demo.
#   scripts/test-on.sh trixie            Debian 13 with its default JDK
#   scripts/test-on.sh trixie 25         the same with JDK 25
#   scripts/test-on.sh --demo bookworm   only scripts/demo.sh, not scripts/test.sh
# The system is made by debootstrap, anew each time, in FABRIQ_ROOTS (~/.cache/fabriq/roots); logs stay
# there. What is tested is the last commit.
set -euo pipefail
caller="$PWD"
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

commands=(scripts/demo.sh scripts/test.sh)
case "${1:-}" in
  -h | --help)
    sed -n '3,10s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  --demo)
    commands=(scripts/demo.sh)
    shift
    ;;
esac
case "$#:${1:-}" in
  [12]:-*) fail "unknown argument '$1'; see --help" ;;
  [12]:*) release="$1" ;;
  *) fail "it takes a release of Debian, as trixie, and perhaps a JDK, as 25; see --help" ;;
esac
java="${2:-}"
[[ "$java" =~ ^[0-9]*$ ]] || fail "'$java' is no version of a JDK; give a number, as 21"
[ "$(id -u)" -eq 0 ] || fail "debootstrap and chroot need root; run it as root"
command -v debootstrap >/dev/null 2>&1 || fail "debootstrap is missing: apt-get install debootstrap"

roots="${FABRIQ_ROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/fabriq/roots}"
name="$release${java:+-$java}"
root="$roots/$name"
logs="$roots/logs/$name"
mkdir -p "$roots" "$logs"
jdk="${java:+openjdk-$java-jdk-headless}"
mnist="$(mnist_folder "$caller")"

# inside COMMAND...: runs it in the system, with its own mounts, which end with it.
inside() {
  # shellcheck disable=SC2016 # the inner shell expands it
  unshare --mount bash -c '
    root="$1"
    mnist="$2"
    shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    if [ -n "$mnist" ]; then
      mount --bind -o ro "$mnist" "$root/mnt"
    fi
    exec chroot "$root" "$@"' inside "$root" "$mnist" "$@"
}

# try WHO EXPECTED TEXT SCRIPT: runs a script of the checkout as that user; it must end with the status
# and have said the text.
try() {
  local who="$1" expected="$2" text="$3" status=0 start="$SECONDS" log home
  log="$logs/$who-$(basename "$4").$expected.log"
  home="$(inside getent passwd "$who" | cut -d: -f6)"
  inside env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="$home" USER="$who" TERM=dumb \
    ${java:+"JAVA_HOME=/usr/lib/jvm/java-$java-openjdk-$(dpkg --print-architecture)"} \
    ${mnist:+FABRIQ_MNIST=/mnt} \
    setpriv --reuid "$who" --regid "$who" --init-groups \
    bash -c "cd '$home/fabriq' && exec $4" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" -ne "$expected" ] || ! grep -q -- "$text" "$log"; then
    tail -n 30 "$log"
    say "$name: $4 as $who ended with $status, not $expected with '$text'; all of it is in $log"
    exit 1
  fi
  say "$name: $4 as $who: status $status, '$text', $((SECONDS - start)) s"
}

say "$name: making the system in $root; logs go to $logs"
rm -rf "$root"
run_logged "$logs/debootstrap.log" debootstrap debootstrap --variant=minbase \
  --include="ca-certificates,git,maven,util-linux,${jdk:-default-jdk-headless}" "$release" "$root"
cp /etc/resolv.conf "$root/etc/resolv.conf"
# Whom this machine trusts beyond Debian's authorities (a proxy's, for instance), the system must too.
find /usr/local/share/ca-certificates -name '*.crt' \
  -exec cp -t "$root/usr/local/share/ca-certificates" {} +
inside update-ca-certificates >"$logs/certificates.log" 2>&1
inside useradd --create-home --shell /bin/bash somebody
for home in root home/somebody; do
  git clone -q . "$root/$home/fabriq"
done
inside chown -R somebody: /home/somebody

try somebody 2 "run as root: apt-get install" scripts/demo.sh
for command in "${commands[@]}"; do
  case "$command" in
    *demo.sh) text='^i8i8 .* 0 ' ;;
    *) text='smoke-arm64.sh: done' ;;
  esac
  try root 0 "$text" "$command"
  try somebody 0 "$text" "$command"
done
say "$name: all as expected"
