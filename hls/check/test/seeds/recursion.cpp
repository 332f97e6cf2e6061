// SPDX-License-Identifier: Apache-2.0
static int sum(const int *in, int n) {  // finds: recursion
  return n == 0 ? 0 : in[n] + sum(in, n - 1);
}

static int even(int n);

static int odd(int n) { return n == 0 ? 0 : even(n - 1); }  // finds: recursion

static int even(int n) { return n == 0 ? 1 : odd(n - 1); }  // finds: recursion

static void body(const int *in, int *out, int n) { out[0] = sum(in, n) + even(n); }

#include "seed_top.hpp"
