#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All tests: installs what is missing, then shellcheck, mvn verify (C++, Java, formats), and what users
# get: the archive, the library, the natives of arm64 boards under qemu. Arguments go to mvn.
# FABRIQ_MNIST=DIR adds the tests that need MNIST; ../shared/data/mnist is taken where it exists.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh --test
shellcheck scripts/*.sh scripts/fabriq java/dist/src/bin/fabriq .ci/run
mnist="${FABRIQ_MNIST:-}"
if [ -z "$mnist" ] && [ -d ../shared/data/mnist ]; then
  mnist="$(cd ../shared/data/mnist && pwd)"
fi
mvn -B -ntp -Dfabriq.mnist="$mnist" verify "$@"
scripts/test-distribution.sh
scripts/smoke-arm64.sh
