// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  int kept[8] = {n};
#pragma HLS BIND_STORAGE variable = kept type = ram_s2p impl = srl  // finds: pragma-binding
  const int product = in[0] * n;
#pragma HLS BIND_OP variable = product op = mul impl = maxdsp  // finds: pragma-binding
#pragma HLS BIND_OP variable = product op = madd               // finds: pragma-binding
  out[0] = kept[product];
}

#include "seed_top.hpp"
