// SPDX-License-Identifier: Apache-2.0

// Two int8 products from one multiplication, and sums of two such: for every a, b0 and b1, and for
// every pair of extremes.

#include "matmul/pair_product.hpp"

#include <iostream>

namespace {

int failures = 0;

void expect(std::int32_t found, std::int32_t expected, const char *field) {
  if (found != expected && failures++ < 10) {
    std::cout << field << " is " << found << ", expected " << expected << "\n";
  }
}

struct Operands {
  int a;
  int b0;
  int b1;
};

void check(const Operands &x, const Operands &y) {
  const auto product = [](const Operands &operands) {
    return matmul::multiply_in_dsp(matmul::pack_pair(static_cast<std::int8_t>(operands.b0),
                                                     static_cast<std::int8_t>(operands.b1)),
                                   static_cast<std::int8_t>(operands.a));
  };
  const matmul::PairSum sum = matmul::split_pair(product(x) + product(y));
  expect(sum.low, x.a * x.b0 + y.a * y.b0, "low");
  expect(sum.high, x.a * x.b1 + y.a * y.b1, "high");
}

void check_extremes() {
  const int extremes[] = {-128, -127, -1, 0, 1, 127};
  for (const int a : extremes) {
    for (const int b0 : extremes) {
      for (const int b1 : extremes) {
        for (const int c : extremes) {
          for (const int d0 : extremes) {
            for (const int d1 : extremes) {
              check({a, b0, b1}, {c, d0, d1});
            }
          }
        }
      }
    }
  }
}

/// All lanes and columns of an array's step at their extremes.
void check_step() {
  matmul::Vector<std::int8_t, 64> b[8][1];
  std::int8_t a[8];
  for (const int value : {-128, 127}) {
    for (int l = 0; l < 8; ++l) {
      a[l] = static_cast<std::int8_t>(l % 3 == 0 ? -128 : value);
      for (int c = 0; c < 64; ++c) {
        b[l][0].lane[c] = static_cast<std::int8_t>((l + c) % 5 == 0 ? value : -128);
      }
    }
    std::int32_t sums[64] = {};
    matmul::add_packed_products<8>(b, a, sums);
    for (int c = 0; c < 64; ++c) {
      int expected = 0;
      for (int l = 0; l < 8; ++l) {
        expected += a[l] * b[l][0].lane[c];
      }
      expect(sums[c], expected, "a step's sum");
    }
  }
}

}  // namespace

int main() {
  const Operands others[] = {{0, 0, 0}, {-128, -128, -128}, {127, -128, -128}, {-128, 127, -128}};
  for (int a = -128; a <= 127; ++a) {
    for (int b0 = -128; b0 <= 127; ++b0) {
      for (int b1 = -128; b1 <= 127; ++b1) {
        check({a, b0, b1}, others[(a + b0 + b1) & 3]);
      }
    }
  }
  check_extremes();
  check_step();
  std::cout << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
