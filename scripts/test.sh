#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs the tests.
#   scripts/test.sh           all of them, some 40 minutes on 2 processors: installs what is missing, then
#                             checks the scripts, runs mvn verify (C++, RTL, Java, formats), tests what
#                             users get (the archive, the library, the natives of arm64 boards under
#                             qemu), and the Java code on a second JDK of /usr/lib/jvm if there is one,
#                             without the classes of tests that are tagged "long"
#   scripts/test.sh --quick   unit tests alone, for those who change a line: C++ without simulated
#                             kernels, Java without XRT's emulations and without classes of tests that
#                             are tagged "long", formats; needs what the demo needs
# Further arguments go to mvn. FABRIQ_MNIST=DIR adds the tests that need MNIST; ../shared/data/mnist is
# taken where it exists.
set -euo pipefail
caller="$PWD"
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

quick=
case "${1:-}" in
  -h | --help)
    sed -n '3,13s/^# \{0,1\}//p' "$0"
    exit 0
    ;;
  --quick)
    quick=1
    shift
    ;;
esac
if [ $# -gt 0 ] && ! mvn -v "$@" >/dev/null 2>&1; then
  fail "neither this script nor mvn knows all of '$*'; see --help"
fi
mnist="$(mnist_folder "$caller")"
arguments=(-B -ntp -Dfabriq.mnist="$mnist")

# second_java: the newest JDK of 17 or later under /usr/lib/jvm that has another version than Maven's.
second_java() {
  local home release version used newest=0 found=
  used="$(mvn -version 2>/dev/null | sed -nE 's/^Java version: ([0-9]+).*/\1/p')"
  for home in /usr/lib/jvm/*; do
    release="$home/release"
    if [ ! -x "$home/bin/javac" ] || [ ! -r "$release" ]; then
      continue
    fi
    version="$(sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$release")"
    if [ "${version:-0}" -ge 17 ] && [ "$version" != "$used" ] && [ "$version" -gt "$newest" ]; then
      newest="$version"
      found="$home"
    fi
  done
  echo "$found"
}

if [ -n "$quick" ]; then
  scripts/setup.sh
  hold_checkout
  say "unit tests alone, under 5 minutes on 2 processors"
  mvn "${arguments[@]}" -P 'quick,!linux-arm64' verify "$@"
  exit
fi

say "all tests, some 40 minutes on 2 processors; see --help for --quick"
scripts/setup.sh --test
hold_checkout
shellcheck -x scripts/*.sh scripts/lib/*.sh scripts/fabriq java/dist/src/bin/fabriq .ci/run \
  java/cli/src/main/resources/org/fabriq/cli/completion.sh
scripts/test-scripts.sh
mvn "${arguments[@]}" verify "$@"
scripts/test-distribution.sh
scripts/smoke-arm64.sh
second="$(second_java)"
if [ -n "$second" ]; then
  say "compiling and testing the Java code with $second too"
  JAVA_HOME="$second" mvn "${arguments[@]}" -Dfabriq.target=target-second -Dfabriq.ctest.skip=true \
    -Dfabriq.emulations.skip=true -Dfabriq.cmake.target=natives -Dfabriq.excluded.tags=long \
    -P '!linux-arm64' verify "$@"
fi
