// SPDX-License-Identifier: Apache-2.0
int elsewhere(int value);

static void body(const int *in, int *out, int n) {
  out[0] = elsewhere(in[n]);  // finds: undefined-function
}

#include "seed_top.hpp"
