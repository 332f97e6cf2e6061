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

static int last(const int *in) { return in[7]; }

struct Gain {
  int factor;
};

static void scale(int *out, Gain gain, int by) { out[1] = gain.factor * by; }

static void scales(int *out, const Gain &gain) {
  for (int i = 0; i < 4; ++i) {
#pragma HLS DATAFLOW
    scale(out, gain, gain.factor);
    scale(out, Gain(), i);        // finds: dataflow-body
    scale(out, gain, last(out));  // finds: dataflow-body
  }
}

static void body(const int *in, int *out, int n) {
#pragma HLS DATAFLOW
  hls::stream<int> values;
  static int calls;  // finds: dataflow-body
  load(in, values);
  if (n > 0) {  // finds: dataflow-body
    out[2] = ++calls;
  }
  store(values, out + n);  // finds: dataflow-body
  scales(out, Gain());     // finds: dataflow-body
  last(in);                // finds: dataflow-body
}

#include "seed_top.hpp"
