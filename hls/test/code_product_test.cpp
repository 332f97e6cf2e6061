// SPDX-License-Identifier: Apache-2.0

// The fabric's product of fp32 and a weight of 9 bits against the host's: every weight with the
// edges of every exponent, and with random numbers, subnormals and NaN included.

#include "matmul/code_product.hpp"

#include <iostream>

#include "operands.hpp"
#include "reference_matmul.hpp"

namespace {

constexpr int kRandomNumbers = 20000;

int failures = 0;

void check(std::uint32_t bits, int weight) {
  const float a = matmul::bit_cast<float>(bits);
  const std::uint32_t found = matmul::bit_cast<std::uint32_t>(
      matmul::multiply_significands(a, static_cast<std::int16_t>(weight)));
  const std::uint32_t expected =
      matmul::bit_cast<std::uint32_t>(problems::multiply(a, static_cast<float>(weight)));
  if (!problems::same_fp32(found, expected) && failures++ < 10) {
    std::cout << std::hex << "0x" << bits << std::dec << " * " << weight << " is 0x" << std::hex
              << found << ", expected 0x" << expected << std::dec << "\n";
  }
}

}  // namespace

int main() {
  const std::uint32_t fractions[] = {0,        1,        2,        0x3FFFFF, 0x400000,
                                     0x400001, 0x555555, 0x2AAAAB, 0x7FFFFE, 0x7FFFFF};
  problems::Random random(1);
  for (int weight = -255; weight <= 255; ++weight) {
    for (std::uint32_t top = 0; top < 512; ++top) {  // sign and exponent
      for (const std::uint32_t fraction : fractions) {
        check(top << 23 | fraction, weight);
      }
    }
    for (int i = 0; i < kRandomNumbers; ++i) {
      check(static_cast<std::uint32_t>(random.bits()), weight);
    }
  }
  std::cout << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
