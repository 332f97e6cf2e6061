// SPDX-License-Identifier: Apache-2.0
#include <hls_stream.h>

#include <algorithm>
#include <cmath>
#include <cstring>

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

constexpr int kFactor = 4;

constexpr int log2_of(int value) { return value == 1 ? 0 : 1 + log2_of(value / 2); }

static int add(int a, int b) { return a + b; }

template <int Ways>
void clear(int *out) {
  for (int i = 0; i < 8; ++i) {
#pragma HLS UNROLL factor = Ways
    out[i] = 0;
  }
}

template <int Count>
struct Sum {
  static int of(const int *in) {
#pragma HLS INLINE
    return in[Count] + Sum<Count - 1>::of(in);
  }
};

template <>
struct Sum<0> {
  static int of(const int *in) { return in[0]; }
};

static void relay(hls::stream<int> (&from)[2], hls::stream<int> &to) {
  for (int i = 0; i < 8; ++i) {
    int value;
    from[i % 2] >> value;
    to << value;
  }
}

static void fan(const int *in, hls::stream<int> (&to)[2]) {
  for (int i = 0; i < 2; ++i) {
    load(in, to[i]);
  }
}

static void run(const int *in, int *out, int n) {
  for (int i = 0; i < n; ++i) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8 avg = 4
#pragma HLS DATAFLOW
    hls::stream<int> pair[2];
#pragma HLS STREAM variable = pair depth = 16
    hls::stream<int> single;
    fan(in, pair);
    relay(pair, single);
    store(single, out);
  }
}

static void body(const int *in, int *out, int n) {
  static int kept[8][8];
#pragma HLS ARRAY_PARTITION variable = kept type = cyclic factor = kFactor dim = 2
#pragma HLS BIND_STORAGE variable = kept type = RAM_2P impl = LUTRAM
#pragma HLS RESET variable = kept
  constexpr int kShift = log2_of(kFactor);
  const float root = std::sqrt(static_cast<float>(in[0]));
#pragma HLS ALLOCATION function instances = add limit = 1
outer:
  for (int i = 0; i < 8; ++i) {
    _Pragma("HLS PIPELINE II = 2 rewind") for (int j = 7; j >= 0; j -= 1) {
#pragma HLS UNROLL factor = kFactor skip_exit_check
      kept[i][j] = std::min(add(in[j], n), kept[j][i]) >> kShift;
    }
  }
  int left = n;
  do {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 8
    out[left] = !left ? in[0] : -left;
  } while (--left > 0);
  for (int i = 0; i != 8; ++i) {
    out[i] = !i ? in[0] : -i;
  }
  for (const auto &row : kept) {
    out[0] += row[0] + Sum<3>::of(in);
  }
  std::memcpy(out + 8, kept[0], sizeof kept[0]);
  clear<2>(out);
  run(in, out, n);
  out[1] = static_cast<int>(root);
}

#include "seed_top.hpp"
