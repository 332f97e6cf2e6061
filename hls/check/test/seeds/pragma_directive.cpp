// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  for (int i = 0; i < 8; ++i) {
#pragma HLS PIPLINE II = 1  // finds: pragma-directive
#pragma HSL UNROLL          // finds: pragma-directive
    out[i] = in[i] + n;
  }
  _Pragma("HLS INLIN")  // finds: pragma-directive
      int kept[8] = {n};
#pragma HLS RESOURCE variable = kept core = RAM_1P  // finds: pragma-directive
  out[0] = kept[in[0]];
}

#include "seed_top.hpp"
