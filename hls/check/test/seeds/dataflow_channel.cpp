// SPDX-License-Identifier: Apache-2.0
#include <hls_stream.h>

static void load(const int *in, hls::stream<int> &to) {
  for (int i = 0; i < 8; ++i) {
    to.write(in[i]);
  }
}

static void store(hls::stream<int> &from, int *out) {
  for (int i = 0; i < 8; ++i) {
    out[i] = from.read();
  }
}

static void discard(int) {}

static void body(const int *in, int *out, int n) {
#pragma HLS DATAFLOW
  hls::stream<int> values;
  hls::stream<int> backward;  // finds: dataflow-channel
  hls::stream<int> shared;    // finds: dataflow-channel
  hls::stream<int> unused;    // finds: dataflow-channel
  load(in, values);
  store(values, out);
  store(backward, out);
  load(in, backward);
  load(in, shared);
  store(shared, out);
  store(shared, out);
  discard(n);
}

#include "seed_top.hpp"
