// SPDX-License-Identifier: Apache-2.0
static void body(const int *in, int *out, int n) {
  try {  // finds: exceptions
    out[0] = in[n];
    if (n < 0) {
      throw n;  // finds: exceptions
    }
  } catch (int value) {
    out[0] = value;
  }
}

#include "seed_top.hpp"
