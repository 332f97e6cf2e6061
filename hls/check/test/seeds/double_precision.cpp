// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  const float scaled = static_cast<float>(in[n] * 0.5);  // finds: double-precision
  out[0] = static_cast<int>(scaled);
}

#include "seed_top.hpp"
