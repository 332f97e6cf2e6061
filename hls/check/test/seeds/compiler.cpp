// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  int *first = in;  // finds: compiler
  out[0] = *first + n;
}

#include "seed_top.hpp"
