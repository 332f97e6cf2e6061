// SPDX-License-Identifier: Apache-2.0

// The units of network_i8 that round, against 64-bit arithmetic: random operands, extremes, and
// shifts that leave results in range.
//   network_units_test [VECTORS [SEED]]

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <iostream>
#include <random>

#include "Vnetwork_units.h"
#include "divide_half_even.hpp"
#include "record_pkg.hpp"

namespace {

using network_i8_record::Record;

class Units {
 public:
  explicit Units(std::uint64_t seed) : random_(seed) {}

  /// Of a layer's record. \return results that differ
  int run(int vectors) {
    draw_record();
    std::deque<int> requantized;
    std::deque<int> added;
    int wrong = 0;
    for (int i = 0; i < vectors; ++i) {
      requantized.push_back(draw_sum());
      added.push_back(draw_codes());
      model_.clk_i = 0;
      model_.eval();
      model_.clk_i = 1;
      model_.eval();
      if (i >= 20) {  // the record is in the last stage too
        wrong +=
            static_cast<std::int8_t>(model_.requantized_o) != requantized[requantized.size() - 10];
        wrong += static_cast<std::int8_t>(model_.added_o) != added[added.size() - 7];
      }
    }
    return wrong;
  }

 private:
  static constexpr int kLongest = 62;  // shift of a column

  int draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  void draw_record() {
    record_ = {};
    record_.zero_out = draw(-128, 127);
    record_.least = draw(-128, 0);
    record_.greatest = draw(1, 127);
    record_.add_m1 = draw(0, (1 << draw(1, 17)) - 1);
    record_.add_m2 = draw(0, (1 << draw(1, 17)) - 1);
    record_.add_shift = draw(0, 3) == 0 ? draw(0, 63) : draw(8, 20);
    record_.add_zero1 = draw(-128, 127);
    record_.add_zero2 = draw(-128, 127);
    record_.add_zero_out = draw(-128, 127);
    record_.add_least = draw(-128, 0);
    record_.add_greatest = draw(1, 127);
    const auto bytes = record_.bytes();
    std::memcpy(&model_.record_i, bytes.data(), bytes.size());
  }

  int draw_sum() {
    const auto bits = [this] { return static_cast<std::uint32_t>(random_()); };
    auto sum = static_cast<std::int32_t>(bits()) >> draw(0, 31);
    if (draw(0, 49) == 0) {
      sum = draw(0, 1) != 0 ? INT32_MIN : INT32_MAX;
    }
    const std::int32_t bias =
        draw(0, 3) != 0 ? 0 : static_cast<std::int32_t>(bits()) >> draw(0, 31);
    const auto total = static_cast<std::int32_t>(static_cast<std::uint32_t>(sum) +
                                                 static_cast<std::uint32_t>(bias));
    std::uint32_t significand = std::max(1u, (bits() & 0xffffff) >> draw(0, 23));
    if (draw(0, 7) == 0) {
      significand = 1u << draw(0, 23);
    }
    const std::int64_t product = std::int64_t{total} * significand;
    int shift = draw(0, kLongest);
    if (draw(0, 1) != 0) {  // so that results are codes
      int length = 0;
      while (length < 62 && std::abs(product) >> length != 0) {
        ++length;
      }
      shift = std::clamp(length - draw(0, 9), 0, kLongest);
    }
    model_.sum_i = static_cast<std::uint32_t>(sum);
    model_.column_i = static_cast<std::uint32_t>(bias) | std::uint64_t{significand} << 32 |
                      static_cast<std::uint64_t>(shift) << 56;
    return static_cast<int>(
        std::clamp<std::int64_t>(problems::divide_half_even(product, shift) + record_.zero_out,
                                 record_.least, record_.greatest));
  }

  int draw_codes() {
    const int own = draw(-128, 127);
    const int other = draw(-128, 127);
    model_.own_i = static_cast<std::uint8_t>(own);
    model_.other_i = static_cast<std::uint8_t>(other);
    const std::int64_t sum = std::int64_t{own - record_.add_zero1} * record_.add_m1 +
                             std::int64_t{other - record_.add_zero2} * record_.add_m2;
    const std::int64_t value =
        problems::divide_half_even(sum, std::min(record_.add_shift, kLongest));
    return static_cast<int>(std::clamp<std::int64_t>(value + record_.add_zero_out,
                                                     record_.add_least, record_.add_greatest));
  }

  std::mt19937_64 random_;
  Vnetwork_units model_;
  Record record_;
};

}  // namespace

int main(int argc, char **argv) {
  const int vectors = argc > 1 ? std::atoi(argv[1]) : 1000000;
  const int seed = argc > 2 ? std::atoi(argv[2]) : 1;
  constexpr int kEach = 1000;  // of a record
  Units units(static_cast<std::uint64_t>(seed));
  int wrong = 0;
  for (int i = 0; i < vectors; i += kEach) {
    wrong += units.run(kEach);
  }
  std::cout << vectors << " sums and codes from seed " << seed << ": " << wrong << " differ\n";
  return wrong != 0;
}
