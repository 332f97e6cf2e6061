// SPDX-License-Identifier: Apache-2.0
static int twice(int value) { return 2 * value; }

static int thrice(int value) { return 3 * value; }

static void body(const int *in, int *out, int n) {
  int (*operation)(int) = n > 0 ? twice : thrice;  // finds: function-pointer
  out[0] = operation(in[0]);
}

#include "seed_top.hpp"
