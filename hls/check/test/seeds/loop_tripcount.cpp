// SPDX-License-Identifier: Apache-2.0
template <int Size>
void copy(const int *in, int *out, int n) {
  for (int i = 0; i < Size; ++i) {
    for (int j = i; j < Size; ++j) {  // finds: loop-tripcount
      out[i] += in[j];
    }
  }
  out[0] = n;
}

static void body(const int *in, int *out, int n) {
  for (int i = 0; i < n; ++i) {  // finds: loop-tripcount
    out[i] = in[i];
  }
  int value = in[0];
  while (value > 0) {  // finds: loop-tripcount
    value -= n;
  }
  for (int i = 0; i < 8; ++i) {  // finds: loop-tripcount
    i += value;
  }
  copy<8>(in, out, n);
  out[0] = value;
}

#include "seed_top.hpp"
