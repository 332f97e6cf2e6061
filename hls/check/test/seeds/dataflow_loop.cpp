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

struct Limits {
  int count;
};

static void run(const int *in, int *out, const Limits &limits) {
  for (int i = 0; i < limits.count; ++i) {  // finds: dataflow-loop
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
#pragma HLS DATAFLOW
    hls::stream<int> values;
    load(in, values);
    store(values, out);
  }
}

static void steps(const int *in, int *out, int n) {
  for (int i = 0; i < n; i += 2) {  // finds: dataflow-loop
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
#pragma HLS DATAFLOW
    hls::stream<int> values;
    load(in, values);
    store(values, out);
  }
  for (int i = 0; in[i] < n; ++i) {  // finds: dataflow-loop
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
#pragma HLS DATAFLOW
    hls::stream<int> values;
    load(in, values);
    store(values, out);
  }
  int i;
  for (i = 0; i < n; ++i) {  // finds: dataflow-loop
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
#pragma HLS DATAFLOW
    hls::stream<int> values;
    load(in, values);
    store(values, out);
  }
}

static void body(const int *in, int *out, int n) {
  const Limits limits = {n};
  run(in, out, limits);
  steps(in, out, n);
}

#include "seed_top.hpp"
