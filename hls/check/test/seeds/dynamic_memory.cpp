// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

static void body(const int *in, int *out, int n) {
  int *copy = new int[8];  // finds: dynamic-memory
  copy[0] = in[n];
  out[0] = copy[0];
  delete[] copy;                                   // finds: dynamic-memory
  int *more = static_cast<int *>(std::malloc(8));  // finds: dynamic-memory
  out[1] = more[n];
  int sized[n];  // finds: dynamic-memory
  sized[0] = in[0];
  out[2] = sized[0];
}

#include "seed_top.hpp"
