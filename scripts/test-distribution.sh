#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Tests what users get: builds the distribution, unpacks and runs it without anything else of this
# checkout, builds examples/library against the artifacts in a Maven repository of their own, and
# builds where the tools of the natives are missing.
#   scripts/test-distribution.sh              all three
#   scripts/test-distribution.sh ARCHIVE      the tests of an archive that is there
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib/checkout.sh
. scripts/lib/checkout.sh

fail() {
  echo "test-distribution.sh: $*" >&2
  exit 1
}

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# maven ARGUMENT...: quiet, but for a failure.
maven() {
  mvn -B -ntp -Dstyle.color=never "$@" >"$work/log" 2>&1 || {
    tail -n 60 "$work/log" >&2
    fail "mvn $* failed"
  }
}

# expect CODE TEXT COMMAND...: the command ends with the code, and its output has the text.
expect() {
  local code="$1" text="$2" ended=0
  shift 2
  "${fabriq[@]}" "$@" >"$work/out" 2>&1 || ended="$?"
  [ "$ended" -eq "$code" ] || fail "fabriq $*: exit code $ended, not $code: $(cat "$work/out")"
  grep -qF -- "$text" "$work/out" || fail "fabriq $*: no '$text' in: $(cat "$work/out")"
}

test_archive() {
  local started="$SECONDS" home
  mkdir "$work/unpacked" "$work/home"
  tar -xzf "$1" -C "$work/unpacked"
  home="$(echo "$work"/unpacked/fabriq-*)"
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" "$home/bin/fabriq")

  for file in LICENSE README.md sbom.cdx.json xclbin/sw_emu.xclbin xclbin/hw_emu.xclbin \
    completion/fabriq.sh; do
    [ -s "$home/$file" ] || fail "the archive has no $file"
  done
  # The bill of materials names each jar, and nothing else.
  sed -nE 's,.*"purl" *: *"pkg:maven/[^/]*/([^@]*)@([^?]*)\?(classifier=([^&]*)&)?type=jar".*,\1-\2-\4,p' \
    "$home/sbom.cdx.json" | sed 's/-$//' | sort -u >"$work/listed"
  (cd "$home/lib" && basename -s .jar -- *.jar workstation/*.jar) | sort >"$work/jars"
  diff "$work/listed" "$work/jars" || fail "the bill of materials (<) does not list the jars (>)"

  # What bash offers behind "fabriq compare --device cpu:o"; it takes words apart at colons.
  bash --norc -c 'source "$1" && COMP_WORDS=(fabriq compare --device cpu : o) COMP_CWORD=5 &&
    _fabriq && echo "${COMPREPLY[@]}"' bash "$home/completion/fabriq.sh" >"$work/offered" 2>/dev/null
  grep -qx "onednn onnxruntime openblas" "$work/offered" ||
    fail "completion/fabriq.sh does not offer the devices, but: $(cat "$work/offered")"

  expect 0 "i8i8     emulation" compare --images 200 --samples 3 --offload all
  expect 0 "xclbin" xclbin verify "$home/xclbin/sw_emu.xclbin" --target sw_emu
  expect 0 "xclbin" xclbin verify "$home/xclbin/hw_emu.xclbin" --target hw_emu
  expect 2 "'nowhere'" compare --device nowhere
  expect 2 "--images 0" compare --images 0
  expect 2 "Unmatched argument" nonsense
  # Without a locale too, names in any script are what they are.
  expect 2 "модель.npz" infer --weights "$work/модель.npz"
  ln -s "$home/bin/fabriq" "$work/linked"
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" "$work/linked")
  expect 0 "fabriq " --version
  mkdir -p "$work/arm/bin"
  printf 'JAVA_VERSION="17.0.19"\nOS_ARCH="arm"\n' >"$work/arm/release"
  printf '#!/bin/sh\necho "$@"\n' >"$work/arm/bin/java"
  chmod +x "$work/arm/bin/java"
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" "JAVA_HOME=$work/arm" "$home/bin/fabriq")
  expect 0 "-XX:-UseSuperWord" --version
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" JAVA_HOME=/nowhere "$home/bin/fabriq")
  expect 2 "openjdk-17-jre-headless" --version
  mkdir -p "$work/java11/bin"
  echo 'JAVA_VERSION="11.0.2"' >"$work/java11/release"
  echo "#!/bin/sh" >"$work/java11/bin/java"
  chmod +x "$work/java11/bin/java"
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" "JAVA_HOME=$work/java11" "$home/bin/fabriq")
  expect 2 "is Java 11" --version
  fabriq=(env -i "PATH=$PATH" "HOME=$work/home" FABRIQ_JAVA_OPTIONS=-Xmx64m "$home/bin/fabriq")
  # Importers are there, and read the file that is none; a board is without them.
  : >"$work/empty.onnx"
  expect 2 "empty.onnx" import "$work/empty.onnx" --out "$work/net.npz"
  ! grep -qF "no importers here" "$work/out" || fail "the archive has no importers"
  ! (cd "$home/lib" && basename -s .jar -- *.jar) |
    grep -E "importers|cpulibraries|tribuo|protobuf|tensorflow|flatbuffers" ||
    fail "lib has what a board does not need"
  rm -rf "$home/lib/workstation"
  expect 2 "no importers here" import "$work/empty.onnx" --out "$work/net.npz"
  expect 0 "right, accuracy" infer --images 1000 --offload all
  echo "test-distribution.sh: $(basename "$1") ($(du -h "$1" | cut -f1)) works," \
    "$((SECONDS - started)) s"
}

# A build on a machine with JDK, Maven and git alone says what is missing, and what to do.
test_bare_build() {
  local started="$SECONDS" folders folder
  mkdir "$work/bare"
  IFS=: read -r -a folders <<<"$PATH"
  for folder in "${folders[@]}"; do
    # What an earlier folder of the PATH has is there already, and stays.
    find -L "$folder" -maxdepth 1 -type f ! -name cmake ! -name ninja ! -name g++ \
      -exec ln -s -t "$work/bare" {} + 2>/dev/null || true
  done
  if PATH="$work/bare" mvn -B -ntp -Dstyle.color=never -pl java/runtime -am -DskipTests \
    package >"$work/log" 2>&1; then
    fail "a build without cmake, ninja and g++ succeeded"
  fi
  grep -qF "missing: cmake ninja g++. Install them with scripts/setup.sh." "$work/log" ||
    fail "a build without cmake, ninja and g++ does not name them: $(cat "$work/log")"
  ! grep -q "^    at " "$work/log" ||
    fail "a build without cmake, ninja and g++ prints a stack trace: $(cat "$work/log")"
  echo "test-distribution.sh: a bare build names what it needs, $((SECONDS - started)) s"
}

# without_times: the input, without its microseconds.
without_times() {
  sed -E 's/ +[0-9.]+ us/ us/g'
}

# The library's artifacts as they would be published, and what else the example needs from the
# repository that Maven has here, else from Maven Central.
test_library() {
  local started="$SECONDS" repositories=(file:"$1" file:"$HOME/.m2/repository") i
  {
    echo "<settings><profiles><profile><id>library</id>"
    for kind in repositor pluginRepositor; do
      echo "<${kind}ies>"
      for i in 0 1; do
        echo "<${kind}y><id>have$i</id><url>${repositories[i]}</url></${kind}y>"
      done
      echo "</${kind}ies>"
    done
    echo "</profile></profiles>"
    echo "<activeProfiles><activeProfile>library</activeProfile></activeProfiles></settings>"
  } >"$work/settings.xml"
  cp -r examples/library "$work/library"
  mapfile -t programs < <(basename -s .java -a "$work"/library/src/main/java/org/example/*.java)
  for program in "${programs[@]}"; do
    maven -f "$work/library" -s "$work/settings.xml" -Dmaven.repo.local="$work/repository" \
      -Dorg.bytedeco.javacpp.cachedir="$work/natives" \
      -Dexec.mainClass="org.example.$program" verify exec:java
    cat "$work/log" >>"$work/ran"
  done
  grep -qE "Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0" "$work/ran" ||
    fail "the library's tests did not run: $(cat "$work/ran")"
  # Each line that is indented after "It prints" is one of the output, but for the times.
  awk '/It prints/ { on = 1; next }
    on && /^    / { print substr($0, 5); shown = 1; next }
    shown { on = shown = 0 }' examples/library/README.md | without_times >"$work/printed"
  [ -s "$work/printed" ] || fail "examples/library/README.md says nothing of what is printed"
  without_times <"$work/ran" >"$work/lines"
  if grep -vxFf "$work/lines" "$work/printed" >"$work/missing"; then
    fail "the library does not print '$(cat "$work/missing")', as its README says, but: $(cat "$work/ran")"
  fi
  echo "test-distribution.sh: examples/library works, $((SECONDS - started)) s"
}

case "${1:-}" in
  "")
    hold_checkout
    repository="$PWD/target/repository"
    rm -rf "$repository"
    echo "test-distribution.sh: building the distribution"
    maven -P dist -pl java/dist -am -DskipTests -Dspotless.check.skip -Dfabriq.cmake.target=natives \
      -DaltDeploymentRepository=fabriq::file:"$repository" deploy
    echo "test-distribution.sh: built, $SECONDS s"
    test_archive java/dist/target/fabriq-*.tar.gz
    test_library "$repository"
    test_bare_build
    ;;
  -h | --help)
    sed -n '3,7s/^# \{0,1\}//p' "$0"
    ;;
  -*)
    echo "test-distribution.sh: unknown argument '$1'; give an archive, or nothing" >&2
    exit 2
    ;;
  *)
    test_archive "$1"
    ;;
esac
