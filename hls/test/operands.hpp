// SPDX-License-Identifier: Apache-2.0
#pragma once

// The data of a problem, drawn from its seed: dense A and B, and the parameters of each column in
// the contract's own terms (nothing folded).

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>

#include "problem.hpp"

namespace problems {

/// SplitMix64 (Steele, Lea, Flood 2014).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t bits() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  /// Uniform over least .. greatest.
  int integer(int least, int greatest) {
    const std::uint64_t span = static_cast<std::uint64_t>(greatest - least) + 1;
    return least + static_cast<int>(bits() % span);
  }

  float sign() { return (bits() & 1) != 0 ? -1.0f : 1.0f; }

  /// Uniform over [0, 1).
  float unit() { return std::ldexp(static_cast<float>(bits() >> 40), -24); }

 private:
  std::uint64_t state_;
};

inline float special_value(Random &random) {
  static const struct {
    int significand;
    int exponent;
  } finite[] = {
      {0, 0},          {1, 0},
      {-1, 0},         {0xFFFFFF, 104},    // the greatest
      {1, -126},       {-1, -126},         // the least normal
      {1, -149},       {-0x7FFFFF, -149},  // subnormals
      {0x800001, -86}, {0x7FFFFF, -86},    // product 2^-126 (1 - 2^-46) rounds to 2^-126
      {31, -60},       {1082401, -91},     // product 2^-126 (1 - 2^-25), a tie, rounds to 2^-126
      {0xFFFFFF, -87}, {1, -63},           // product 2^-126 (1 - 2^-24) is flushed
  };
  constexpr int kFinite = sizeof finite / sizeof finite[0];
  const int choice = random.integer(-4, kFinite - 1);
  if (choice >= 0) {
    return std::ldexp(static_cast<float>(finite[choice].significand), finite[choice].exponent);
  }
  const float infinity = std::numeric_limits<float>::infinity();
  return choice == -1   ? std::numeric_limits<float>::quiet_NaN()
         : choice == -2 ? -0.0f
         : choice == -3 ? infinity
                        : -infinity;
}

inline void draw(const Problem &problem, bool is_a, int row, int column, Random &random,
                 float &value) {
  if (problem.data == "random") {
    value = random.sign() * (0.5f + random.unit()) * std::ldexp(1.0f, random.integer(-6, 6));
  } else if (problem.data == "minimum") {
    value = -FLT_MAX;
  } else if (problem.data == "ties") {
    value = is_a ? random.sign() * static_cast<float>(random.integer(0, 4095) | 1)
                 : std::ldexp(1.0f, random.integer(0, 14));
  } else if (problem.data == "saturate") {
    value = random.sign() * (is_a ? FLT_MAX / 2 : std::ldexp(1.0f, random.integer(-1, 1)));
  } else if (problem.data == "zeros") {
    value = 0.0f * random.sign();
  } else if (problem.data == "alternating") {
    value = (row + column) % 2 == 0 ? 3.3f : -7.1f;
  } else {
    value = random.integer(0, 3) == 0 ? special_value(random) : random.sign() * random.unit();
  }
}

inline void draw(const Problem &problem, bool is_a, int row, int column, Random &random,
                 std::int8_t &value) {
  const int greatest = (1 << ((is_a ? 8 : problem.b_bits) - 1)) - 1;
  const int least = -greatest - 1;
  int drawn = 0;
  if (problem.data == "random" || problem.data == "special") {
    drawn = random.integer(least, greatest);
  } else if (problem.data == "minimum") {
    drawn = least;
  } else if (problem.data == "ties") {
    drawn =
        is_a ? random.integer(-7, 7) : random.integer(std::max(-3, least), std::min(3, greatest));
  } else if (problem.data == "saturate") {
    drawn = random.integer(0, 1) == 0 ? least : greatest;
  } else if (problem.data == "alternating") {
    drawn = (row + column) % 2 == 0 ? greatest : least;
  }
  value = static_cast<std::int8_t>(drawn);
}

/// \tparam A float or std::int8_t
/// \tparam B float or std::int8_t
template <typename A, typename B>
struct Operands {
  std::vector<A> a;  // M x K
  std::vector<B> b;  // K x N
  std::vector<int> zero_b;
  // fp32 epilogues
  std::vector<float> bias;
  std::vector<float> scale;
  // int8 epilogue; the multiplier is significand * 2^-shift
  std::vector<std::int32_t> integer_bias;
  std::vector<std::int32_t> significand;
  std::vector<int> shift;
};

template <typename T>
std::vector<T> draw_matrix(const Problem &problem, bool is_a, int rows, int columns,
                           Random &random) {
  std::vector<T> matrix;
  matrix.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < columns; ++c) {
      T value;
      draw(problem, is_a, r, c, random, value);
      matrix.push_back(value);
    }
  }
  return matrix;
}

/// A multiplier in lowest terms: random data fills int8's range, ties and saturate do as they say.
inline void draw_multiplier(const Problem &problem, int column, Random &random,
                            std::int32_t &significand, int &shift) {
  if (problem.data == "ties") {
    significand = 1;
    shift = random.integer(1, 4);
  } else if (problem.data == "saturate") {
    significand = column % 2 == 0 ? 0xFFFFFF : 1;
    shift = 0;
  } else if (problem.data == "zeros") {
    significand = 0xFFFFFF;
    shift = 62;
  } else {
    significand = random.integer(1 << 23, (1 << 24) - 1) | 1;
    shift = 24 + static_cast<int>(std::log2(55.0 * std::sqrt(problem.k)));
  }
}

template <typename A, typename B>
Operands<A, B> draw_operands(const Problem &problem) {
  Random random(problem.seed);
  Operands<A, B> operands;
  operands.a = draw_matrix<A>(problem, true, problem.m, problem.k, random);
  operands.b = draw_matrix<B>(problem, false, problem.k, problem.n, random);
  const bool tiny = problem.data == "special";
  for (int c = 0; c < problem.n; ++c) {
    operands.zero_b.push_back(problem.random_zero_b ? random.integer(-128, 127) : problem.zero_b);
    const float bias = tiny && c % 3 == 0 ? std::ldexp(1.0f, -130) : random.sign() * random.unit();
    operands.bias.push_back(problem.bias ? bias : -0.0f);
    operands.scale.push_back(tiny && c % 5 == 0 ? std::ldexp(1.0f, -120)
                                                : 0.001f + 0.1f * random.unit());
    operands.integer_bias.push_back(problem.bias ? random.integer(-1000, 1000) : 0);
    std::int32_t significand;
    int shift;
    draw_multiplier(problem, c, random, significand, shift);
    operands.significand.push_back(significand);
    operands.shift.push_back(shift);
  }
  return operands;
}

}  // namespace problems
