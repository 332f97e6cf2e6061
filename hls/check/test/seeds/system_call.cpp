// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <ctime>

static void body(const int *in, int *out, int n) {
  out[0] = in[n] + static_cast<int>(std::time(nullptr));  // finds: system-call
  std::printf("%d", n);                                   // ignored by Vitis HLS
}

#include "seed_top.hpp"
