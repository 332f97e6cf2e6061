// SPDX-License-Identifier: Apache-2.0
#pragma once

// Problems drawn at random: of all data and options that a kernel has, with sides that cost little
// to simulate.

#include <sstream>

#include "operands.hpp"

namespace rtl {

struct Sides {
  int m;
  int k;
  int n;
};

/// Of 40 problems 36 are small (up to 12 x 40 x 40), 3 have each side at, or one beside, a multiple
/// of what arrays and buses are made of (up to 65 x 257 x 129), and one has a long side: 300 rows,
/// a K or an N (up to 2500, 2200) beyond the stores of small and zynq.
inline Sides random_sides(problems::Random &random) {
  const auto up_to = [&](int most) { return random.integer(1, most); };
  const auto edge = [&](int step, int times) {
    return std::max(1, step * up_to(times) + random.integer(-1, 1));
  };
  const int kind = random.integer(0, 39);
  if (kind < 36) {
    return {up_to(12), up_to(40), up_to(40)};
  }
  if (kind < 39) {
    return {edge(8, 8), edge(32, 8), edge(16, 8)};
  }
  const int side = random.integer(0, 2);
  return {up_to(side == 0 ? 300 : 9), up_to(side == 1 ? 2500 : 12), up_to(side == 2 ? 2200 : 12)};
}

inline problems::Problem random_problem(problems::Random &random, problems::Kernel kernel) {
  const auto number = [&](int least, int greatest) {
    return std::to_string(random.integer(least, greatest));
  };
  const Sides sides = random_sides(random);
  static const char *const kinds[] = {"random", "minimum", "alternating", "saturate",
                                      "ties",   "zeros",   "special"};
  const int rare = random.integer(kernel == problems::Kernel::kI8I8 ? 1 : 0, 6);
  std::ostringstream line;
  line << sides.m << " " << sides.k << " " << sides.n << " "
       << kinds[random.integer(0, 1) == 0 ? 0 : 6 - rare];
  line << " b_bits=" << (8 >> random.integer(0, 2));
  line << " zero_b=" << (random.integer(0, 1) == 0 ? "random" : number(-128, 127));
  if (random.integer(0, 3) == 0) {
    line << " bias=no";
  }
  if (kernel == problems::Kernel::kI8I8) {
    const int greatest = random.integer(-128, 127);
    line << " zero_a=" << number(-128, 127);
    line << (random.integer(0, 3) == 0 ? " output=i32" : " zero_c=" + number(-128, 127));
    if (random.integer(0, 2) == 0) {
      line << " clamp=" << number(-128, greatest) << ".." << greatest;
    }
  }
  line << " seed=" << random.bits();
  return problems::parse_problem(line.str());
}

}  // namespace rtl
