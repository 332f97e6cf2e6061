// SPDX-License-Identifier: Apache-2.0
static int part(int value, int by) {
  return value / by;  // finds: division
}

static int third(int value, int by) {
  return value / by;  // finds: division
}

static void body(const int *in, int *out, int n) {
  out[0] = in[0] / n;  // finds: division
  out[1] = in[1] % 3;  // finds: division
  out[2] = in[2] / 8;
  out[3] = part(in[3], 2) + part(in[4], n);
  const int span = n > 1 ? 4 : 2;
  out[4] = in[5] % span;  // finds: division
  out[5] = third(in[6], 3);
  int rest = in[7];
  rest %= n;  // finds: division
  out[6] = rest;
}

#include "seed_top.hpp"
