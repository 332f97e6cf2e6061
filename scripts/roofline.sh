#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Prints the tables of docs/roofline.md: limits from bitstreams/reports, cycles simulated and by
# formula. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -ne 0 ]; then
  echo "roofline.sh: it takes no argument" >&2
  exit 2
fi
{
  cmake --preset dev
  cmake --build --preset dev --target roofline
} >/dev/null || {
  echo "roofline.sh: the build failed; see 'cmake --build --preset dev --target roofline', and" \
    "scripts/setup.sh --test for what it needs" >&2
  exit 2
}
exec build/dev/hls/rtl/roofline/roofline .
