#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes the Javadoc of the public modules (core, ptq, runtime, report) in build/javadoc, and prints where
# its first page is. A warning is an error.
#   scripts/javadoc.sh                    builds FabriQ first where that is needed
#   scripts/javadoc.sh --class-path PATH  takes FabriQ's classes and libraries from there
#   scripts/javadoc.sh --folder DIR       writes to that folder, over what is there
set -euo pipefail
caller="$PWD"
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

class_path=""
out=build/javadoc
while [ $# -gt 0 ]; do
  case "$1" in
    --out) fail "--out is gone: it is --folder now" ;;
    --class-path | --folder)
      [ -n "${2:-}" ] || fail "$1 has no value; give one"
      if [ "$1" = --folder ]; then out="$(cd "$caller" && realpath -m "$2")"; else class_path="$2"; fi
      shift 2
      ;;
    -h | --help)
      sed -n '3,7s/^# \{0,1\}//p' "$0"
      exit 0
      ;;
    *)
      fail "unknown argument '$1'; known are --class-path, --folder and --help"
      ;;
  esac
done

javadoc="${JAVA_HOME:+$JAVA_HOME/bin/}javadoc"
command -v "$javadoc" >/dev/null ||
  fail "no javadoc at '$javadoc'; install a JDK of 17 or later (Debian: apt-get install" \
    "openjdk-17-jdk-headless) or set JAVA_HOME"
if [ -z "$class_path" ]; then
  scripts/build.sh --demo
  lock_checkout --shared
  class_path="java/cli/target/lib/*"
fi

# The bridge is generated for FabriQ's own use: its classes are compiled against, not documented.
groups=()
sources=()
for module in core ptq runtime report; do
  mapfile -t files < <(find "java/$module/src/main/java" -name '*.java' ! -path '*/org/fabriq/bridge/*')
  sources+=("${files[@]}")
  packages="$(sed -n 's/^package \(.*\);$/\1/p' "${files[@]}" | sort -u | paste -sd :)"
  groups+=(-group "fabriq-$module" "$packages")
done
version="$(sed -n 's,^  <version>\(.*\)</version>$,\1,p' pom.xml)"

[ "$out" != build/javadoc ] || rm -rf "$out"
"$javadoc" -quiet -Xdoclint:all,-missing -Xwerror --release 17 -encoding UTF-8 -notimestamp \
  -windowtitle "FabriQ $version" -doctitle "FabriQ $version" "${groups[@]}" \
  -cp "$class_path" -d "$out" "${sources[@]}"
echo "javadoc.sh: $(cd "$out" && pwd)/index.html"
