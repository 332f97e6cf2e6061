// SPDX-License-Identifier: Apache-2.0
#pragma once

// A problem of the shared list for a kernel with fp32 A, placed in a simulated device's memory, and
// its arguments.

#include "kernel_calls.hpp"
#include "region_memory.hpp"
#include "testbench.hpp"

namespace rtl {

/// \tparam B element type of B: float or std::int8_t
template <typename B>
class Fp32Call {
 public:
  /// \param slot which part of the device's addresses the matrices get
  /// \param weights_id of B and the columns; 0: not resident
  Fp32Call(const problems::Problem &problem, RegionMemory &memory, int slot,
           std::uint32_t weights_id)
      : problem_(problem),
        operands_(problems::draw_operands<float, B>(problem)),
        expected_(problems::reference(problem, operands_)),
        base_(kFirst + static_cast<std::uint64_t>(slot) * kSlot),
        weights_id_(weights_id) {
    memories_.a.fill(operands_.a, problem.m, problem.k);
    memories_.b.fill_rows(problems::packed_b(problem, operands_.b), problem.k,
                          problems::row_bytes_b(problem, sizeof(B)));
    memories_.columns.fill(problems::column_words(problem, operands_), 1, 4 * problem.n);
    clear_c();
    place(memory, memories_.a, 0, problem.m);
    place(memory, memories_.b, 1, problem.k);
    place(memory, memories_.columns, 2, 1);
    place(memory, memories_.c, 3, problem.m);
  }

  Arguments arguments() const {
    const auto word = [](int value) { return std::uint64_t{static_cast<std::uint32_t>(value)}; };
    Arguments values = {{"a", address(0)},       {"b", address(1)},
                        {"columns", address(2)}, {"c", address(3)},
                        {"m", word(problem_.m)}, {"k", word(problem_.k)},
                        {"n", word(problem_.n)}, {"weights_id", weights_id_}};
    if (sizeof(B) == 1) {
      values.emplace_back("b_bits", word(problem_.b_bits));
    }
    return values;
  }

  void clear_c() {
    memories_.c.reset(problem_.m, static_cast<std::size_t>(problem_.n) * sizeof(float));
  }

  /// Elements of C that are wrong; the first is printed.
  int mismatches() {
    return testbench::mismatches(problem_, memories_.c, 4, expected_, problems::same_fp32);
  }

  /// Far more cycles than any configuration should take.
  std::uint64_t patience() const {
    const auto tiles = [](int n, int by) { return static_cast<std::uint64_t>((n + by - 1) / by); };
    const std::uint64_t k = static_cast<std::uint64_t>(problem_.k) + 64;
    return 20000 + 1500 * tiles(problem_.n, 32) * tiles(problem_.m, 4) * k;
  }

  const problems::Problem &problem() const { return problem_; }

 private:
  static constexpr std::uint64_t kFirst = std::uint64_t{0x123} << 32;
  static constexpr std::uint64_t kSlot = std::uint64_t{1} << 32;
  static constexpr std::uint64_t kMatrix = std::uint64_t{1} << 30;

  std::uint64_t address(int matrix) const {
    return base_ + static_cast<std::uint64_t>(matrix) * kMatrix;
  }

  void place(RegionMemory &memory, testbench::Memory &matrix, int which, int rows) {
    memory.place(address(which), matrix.row(0),
                 static_cast<std::uint64_t>(matrix.row(rows) - matrix.row(0)));
  }

  problems::Problem problem_;
  problems::Operands<float, B> operands_;
  std::vector<std::uint32_t> expected_;
  std::uint64_t base_;
  std::uint32_t weights_id_;
  testbench::Memories memories_;
};

}  // namespace rtl
