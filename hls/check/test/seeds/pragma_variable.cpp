// SPDX-License-Identifier: Apache-2.0
struct Pair {
  int first;
  int second;
};

static void body(const int *in, int *out, int n) {
#pragma HLS BIND_STORAGE variable = kept type = ram_1p impl = bram  // finds: pragma-variable
  int kept[8] = {n};
#pragma HLS ARRAY_PARTITION variable = keep complete        // finds: pragma-variable
#pragma HLS STREAM variable = n depth = 2                   // finds: pragma-variable
#pragma HLS AGGREGATE variable = kept                       // finds: pragma-variable
#pragma HLS ALLOCATION function instances = mend limit = 1  // finds: pragma-variable
  const Pair pair = {in[0], n};
#pragma HLS ARRAY_PARTITION variable = pair.second complete  // finds: pragma-variable
#pragma HLS ARRAY_PARTITION variable = pair.third complete   // finds: pragma-variable
  const float product = static_cast<float>(n) * 2.0f;
#pragma HLS BIND_OP variable = product op = mul impl = dsp  // finds: pragma-variable
#pragma HLS FUNCTION_INSTANTIATE variable = kept            // finds: pragma-variable
  out[0] = kept[in[0]] + pair.first + static_cast<int>(product);
}

#include "seed_top.hpp"
