// SPDX-License-Identifier: Apache-2.0
struct Pair {
  int first;
  int second;
};

static void body(const int *in, int *out, int n) {
  const Pair *pairs = reinterpret_cast<const Pair *>(in);  // finds: pointer-cast
  out[0] = pairs[n].first;
  const float *bits = (const float *)in;  // native types: supported
  out[1] = static_cast<int>(bits[0]);
}

#include "seed_top.hpp"
