// SPDX-License-Identifier: Apache-2.0
#include <vector>

static void body(const int *in, int *out, int n) {
  std::vector<int> values(8);  // finds: std-library, dynamic-memory, exceptions
  values[0] = in[n];           // finds: std-library
  out[0] = values[0];          // finds: std-library
}

#include "seed_top.hpp"
