// SPDX-License-Identifier: Apache-2.0
#define PIPELINED _Pragma("HLS PIPELINE II = 1")  // finds: pragma-macro

static void body(const int *in, int *out, int n) {
  for (int i = 0; i < 8; ++i) {
    PIPELINED
    out[i] = in[i] + n;
  }
}

#include "seed_top.hpp"
