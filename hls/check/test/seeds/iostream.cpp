// SPDX-License-Identifier: Apache-2.0
#include <iostream>

static void body(const int *in, int *out, int n) {
  std::cout << in[n];  // finds: std-library, system-call
  out[0] = n;
}

#include "seed_top.hpp"
