// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  int kept[8] = {n};
#pragma HLS ARRAY_PARTITION variable = kept type = cycle factor = 2  // finds: pragma-value
  kept[0] = in[0];
#pragma HLS BIND_STORAGE variable = kept type = ram_1p latency = 1.5  // finds: pragma-value
  for (int i = 0; i < n; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 8 max = 2  // finds: pragma-value
#pragma HLS PIPELINE II = n                 // finds: pragma-value
    out[i] = in[i] + kept[i];
  }
  for (int i = 0; i < 8; ++i) {
#pragma HLS PIPELINE rewind = yes  // finds: pragma-value
#pragma HLS LATENCY max =          // finds: pragma-value
    out[i] += kept[i];
  }
}

#include "seed_top.hpp"
