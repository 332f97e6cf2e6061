// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <complex>
#include <limits>

struct Twice {
  int operator()(int value) const { return 2 * value; }
};

template <typename Operation>
int apply(Operation operation, int value) {
  return operation(value);
}

struct Sums {
  int lane[4];
  int total;

  ~Sums() { total = 0; }

  void add(int value) {
#pragma HLS INLINE
#pragma HLS ARRAY_PARTITION variable = lane complete
    int i;
    for (i = 0; 4 > i; ++i) {
#pragma HLS UNROLL
      lane[i] += value;
    }
    total += part(value, 4);
  }

 private:
  static int part(int value, int by) { return value / by; }
};

enum class Mode { kOne = 1, kTwo };

namespace {
const int kTable[4] = {1, 2, 3, 4};
constexpr unsigned kMask = 3;
}  // namespace

template <typename T, int Size>
struct Window {
  T lane[Size][Size];

  void shift(const T &value) {
#pragma HLS ARRAY_PARTITION variable = lane complete dim = 0
    for (int i = 0; i < Size; ++i) {
#pragma HLS PIPELINE
      for (int j = 0; j < Size - 1; ++j) {
        lane[i][j] = lane[i][j + 1];
      }
      lane[i][Size - 1] = value;
    }
  }
};

static void body(const int *in, int *out, int n) {
#pragma HLS STABLE variable = in
  Sums sums = {};
  sums.add(n);
  Window<int, 4> window;
#pragma HLS ARRAY_PARTITION variable = window.lane type = block factor = 2 dim = 1
  window.shift(in[0]);
  const std::array<int, 4> values = {{1, 2, 3, 4}};
  std::complex<float> number(1.0f, 2.0f);
  number *= std::complex<float>(0.5f, 0.5f);
  const auto weighted = [&](int value) {
    int total = 0;
    for (int i = 0; i < 4; ++i) {
#pragma HLS UNROLL
      total += value * kTable[static_cast<unsigned>(i) & kMask];
    }
    return total;
  };
  const Mode mode = n > 1 ? Mode::kOne : Mode::kTwo;
  switch (mode) {
    case Mode::kOne:
      out[0] = apply(Twice(), n);
      break;
    default:
      break;
  }
  out[1] = weighted(n) + values[n & 3] + std::numeric_limits<int>::max();
  out[2] = static_cast<int>(std::fabs(number.real()) + std::ceil(1.5f * static_cast<float>(n)));
  out[3] = sums.total + window.lane[0][0] + __builtin_popcount(static_cast<unsigned>(n));
}

#include "seed_top.hpp"
