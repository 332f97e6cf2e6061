// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

static void body(const int *in, int *out, int n) {
  int values[8] = {in[0], in[1], n};
  std::sort(values, values + 8);  // finds: recursion
  out[0] = values[7];
}

#include "seed_top.hpp"
