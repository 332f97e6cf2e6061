// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  int kept[8] = {n};
#pragma HLS ARRAY_PARTITION variable = kept cyclic faktor = 2  // finds: pragma-option
  for (int i = 0; i < 8; ++i) {
#pragma HLS PIPELINE II = 1 II = 2  // finds: pragma-option
    out[i] = kept[i] + in[i];
  }
  for (int i = 0; i < n; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1  // finds: pragma-option
    out[i] = in[i];
  }
}

#include "seed_top.hpp"
