// SPDX-License-Identifier: Apache-2.0
#pragma HLS INLINE  // finds: pragma-place

static void body(const int *in, int *out, int n) {
#pragma HLS UNROLL                             // finds: pragma-place
#pragma HLS INTERFACE mode = ap_none port = n  // finds: pragma-place
#pragma HLS INTERFACE port = n                 // finds: pragma-place, pragma-value
  if (n > 0) {
#pragma HLS PIPELINE II = 1  // finds: pragma-place
    out[0] = in[n];
  }
}

#include "seed_top.hpp"
