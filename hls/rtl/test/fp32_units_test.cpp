// SPDX-License-Identifier: Apache-2.0

// The floating-point units against the host's FPU and against the plain reference: every pair of
// corner values, every weight with every corner value, then pairs drawn from a seed.
//
//   fp32_units_test [drawn pairs [seed]]      default 10000000 and 1

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include "Vfp32_units.h"
#include "matmul/fp32.hpp"
#include "reference_matmul.hpp"

namespace {

using problems::Random;

struct Operands {
  std::uint32_t a;
  std::uint32_t b;
  std::int8_t code;
  std::int8_t zero;
};

float number(std::uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::uint32_t pattern(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

struct Results {
  std::uint32_t product;
  std::uint32_t weighted;
  std::uint32_t sum;
};

Results by_host(const Operands &in) {
  const matmul::fp32::FlushSubnormals flush;
  volatile float a = number(in.a);
  volatile float b = number(in.b);
  volatile float weight = static_cast<float>(in.code - in.zero);
  return {pattern(matmul::fp32::multiply(a, b)), pattern(matmul::fp32::multiply(a, weight)),
          pattern(matmul::fp32::add(a, b))};
}

Results by_reference(const Operands &in) {
  const float weight = problems::weight(in.code, in.zero);
  return {pattern(problems::multiply(number(in.a), number(in.b))),
          pattern(problems::multiply(number(in.a), weight)),
          pattern(problems::add(number(in.a), number(in.b)))};
}

/// Feeds one set of operands per cycle and checks what comes out.
class Units {
 public:
  ~Units() { units_.final(); }

  void check(const Operands &in) {
    history_[cycle_ % history_.size()] = in;
    units_.a_i = in.a;
    units_.b_i = in.b;
    units_.code_i = static_cast<std::uint8_t>(in.code);
    units_.zero_i = static_cast<std::uint8_t>(in.zero);
    units_.clk_i = 0;
    units_.eval();
    units_.clk_i = 1;
    units_.eval();
    ++cycle_;
    if (cycle_ >= kMultiply) {
      const Operands &of = operands(kMultiply);
      compare("a * b", of, units_.product_o, by_host(of).product, by_reference(of).product);
    }
    if (cycle_ >= kAdd) {
      const Operands &of = operands(kAdd);
      const Results host = by_host(of);
      const Results plain = by_reference(of);
      compare("a + b", of, units_.sum_o, host.sum, plain.sum);
      compare("a * weight", of, units_.weighted_o, host.weighted, plain.weighted);
      if (!units_.canonical_o && failures_++ < 10) {
        std::cout << "a result's flags contradict its fields near ";
        print(of);
      }
    }
  }

  std::uint64_t cycles() const { return cycle_; }
  std::uint64_t failures() const { return failures_; }

 private:
  static constexpr std::uint64_t kMultiply = 5;
  static constexpr std::uint64_t kAdd = 6;

  const Operands &operands(std::uint64_t latency) const {
    return history_[(cycle_ - latency) % history_.size()];
  }

  static void print(const Operands &in) {
    std::cout << std::hex << "a 0x" << in.a << ", b 0x" << in.b << std::dec << ", code "
              << int(in.code) << ", zero point " << int(in.zero) << "\n";
  }

  void compare(const char *what, const Operands &in, std::uint32_t found, std::uint32_t host,
               std::uint32_t plain) {
    if (problems::same_fp32(found, host) && problems::same_fp32(found, plain)) {
      return;
    }
    if (failures_++ < 10) {
      std::cout << what << " is 0x" << std::hex << found << ", the host has 0x" << host
                << ", the reference 0x" << plain << std::dec << " of ";
      print(in);
    }
  }

  Vfp32_units units_;
  std::array<Operands, 8> history_{};
  std::uint64_t cycle_ = 0;
  std::uint64_t failures_ = 0;
};

std::vector<std::uint32_t> corner_values() {
  static const std::uint32_t fractions[] = {
      0, 1, 2, 3, 0x2AAAAA, 0x3FFFFF, 0x400000, 0x400001, 0x555555, 0x7FFFFC, 0x7FFFFE, 0x7FFFFF};
  static const std::uint32_t exponents[] = {0,   1,   2,   3,   24,  25,  26,  63,  64,  102,
                                            103, 125, 126, 127, 128, 129, 150, 151, 152, 153,
                                            189, 190, 191, 246, 247, 248, 252, 253, 254, 255};
  std::vector<std::uint32_t> values;
  for (const std::uint32_t sign : {0u, 1u}) {
    for (const std::uint32_t exponent : exponents) {
      for (const std::uint32_t fraction : fractions) {
        values.push_back(sign << 31 | exponent << 23 | fraction);
      }
    }
  }
  return values;
}

/// A fraction: any, one with few ones (ties), or one near the next power of two.
std::uint32_t draw_fraction(Random &random) {
  const std::uint32_t any = static_cast<std::uint32_t>(random.bits()) & 0x7FFFFF;
  switch (random.integer(0, 3)) {
    case 0:
      return (1u << random.integer(0, 22) | 1u << random.integer(0, 22)) & 0x7FFFFF;
    case 1:
      return 0x7FFFFF & ~(any >> random.integer(8, 23));
    default:
      return any;
  }
}

/// Any bits, or a pair whose exponents are close, whose product is near 2^-126, or near overflow.
Operands draw_operands(Random &random) {
  const std::uint64_t bits = random.bits();
  Operands in{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32),
              static_cast<std::int8_t>(random.integer(-128, 127)),
              static_cast<std::int8_t>(random.integer(-128, 127))};
  const int kind = random.integer(0, 4);
  if (kind == 0) {
    return in;
  }
  const int a = random.integer(0, 255);
  const int b = kind == 1   ? a + random.integer(-2, 2)
                : kind == 2 ? a + random.integer(-28, 28)
                : kind == 3 ? 127 - a + random.integer(-1, 2)
                            : 381 - a + random.integer(-2, 2);
  const auto with = [&random](std::uint32_t sign, int exponent) {
    const int inside = std::min(255, std::max(0, exponent));
    return (sign & 0x80000000) | static_cast<std::uint32_t>(inside) << 23 | draw_fraction(random);
  };
  in.a = with(in.a, a);
  in.b = with(in.b, b);
  return in;
}

}  // namespace

int main(int argc, char **argv) {
  const std::uint64_t drawn = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10000000;
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  Units units;
  const std::vector<std::uint32_t> corners = corner_values();
  int weight = -255;
  for (const std::uint32_t a : corners) {
    for (const std::uint32_t b : corners) {
      const int zero = weight > 0 ? -128 : 127;
      units.check({a, b, static_cast<std::int8_t>(weight + zero), static_cast<std::int8_t>(zero)});
      weight = weight == 255 ? -255 : weight + 1;
    }
  }
  for (int code = -128; code < 128; ++code) {
    for (int zero = -128; zero < 128; ++zero) {
      const std::size_t which = static_cast<std::size_t>((code + zero + 256) * 37);
      units.check({corners[which % corners.size()], 0x3F800000, static_cast<std::int8_t>(code),
                   static_cast<std::int8_t>(zero)});
    }
  }
  Random random(seed);
  for (std::uint64_t i = 0; i < drawn; ++i) {
    units.check(draw_operands(random));
  }
  for (int i = 0; i < 8; ++i) {
    units.check({});
  }
  std::cout << corners.size() * corners.size() << " pairs of corner values, 65536 weights, "
            << drawn << " pairs drawn from seed " << seed << ": " << units.failures()
            << " failures\n";
  return units.failures() == 0 ? 0 : 1;
}
