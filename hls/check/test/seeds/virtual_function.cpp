// SPDX-License-Identifier: Apache-2.0
struct Operation {
  virtual int apply(int value) const { return value; }  // finds: virtual-function
};

struct Doubler : Operation {
  int apply(int value) const override { return 2 * value; }
};

static void body(const int *in, int *out, int n) {
  const Doubler doubler{};               // finds: virtual-function
  const Operation &operation = doubler;  // finds: virtual-function
  out[0] = operation.apply(in[n]);       // finds: virtual-function
}

#include "seed_top.hpp"
