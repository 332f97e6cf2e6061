// SPDX-License-Identifier: Apache-2.0
#pragma once

// A problem of the shared list placed in a simulated device's memory, and its arguments.

#include "kernel_calls.hpp"
#include "region_memory.hpp"
#include "testbench.hpp"

namespace rtl {

class I8I8Call {
 public:
  /// \param slot 0 .. 15: which part of the device's addresses the matrices get
  /// \param weights_id of B and the columns; 0: not resident
  I8I8Call(const problems::Problem &problem, RegionMemory &memory, int slot,
           std::uint32_t weights_id)
      : problem_(problem),
        operands_(problems::draw_operands<std::int8_t, std::int8_t>(problem)),
        expected_(problems::reference(problem, operands_)),
        base_(kFirst + static_cast<std::uint64_t>(slot) * kSlot),
        weights_id_(weights_id) {
    memories_.a.fill(operands_.a, problem.m, problem.k);
    memories_.b.fill_rows(problems::packed_b(problem, operands_.b), problem.k,
                          problems::row_bytes_b(problem, 1));
    memories_.columns.fill(problems::column_words(problem, operands_), 1, 4 * problem.n);
    clear_c();
    place(memory, memories_.a, 0, problem.m);
    place(memory, memories_.b, 1, problem.k);
    place(memory, memories_.columns, 2, 1);
    place(memory, memories_.c, 3, problem.m);
  }

  Arguments arguments() const {
    const auto word = [](int value) { return std::uint64_t{static_cast<std::uint32_t>(value)}; };
    return {{"a", address(0)},
            {"b", address(1)},
            {"columns", address(2)},
            {"c", address(3)},
            {"m", word(problem_.m)},
            {"k", word(problem_.k)},
            {"n", word(problem_.n)},
            {"output", problem_.raw ? 2u : 1u},
            {"zero_c", word(problem_.zero_c)},
            {"clamp_min", word(problem_.clamp_min)},
            {"clamp_max", word(problem_.clamp_max)},
            {"b_bits", word(problem_.b_bits)},
            {"weights_id", weights_id_}};
  }

  void clear_c() { memories_.c.reset(problem_.m, c_bytes()); }

  /// Elements of C that are wrong; the first is printed.
  int mismatches() {
    return testbench::mismatches(problem_, memories_.c, problem_.raw ? 4 : 1, expected_,
                                 [](std::uint32_t x, std::uint32_t y) { return x == y; });
  }

  /// Far more cycles than any configuration should take.
  std::uint64_t patience() const {
    const auto words = [](int n, int by) { return static_cast<std::uint64_t>((n + by - 1) / by); };
    const std::uint64_t k = words(problem_.k, 8);
    const std::uint64_t m = words(problem_.m, 64) * 64;
    return 20000 + 8 * words(problem_.n, 16) * (m * (k + 32) + 64 * k);
  }

  const problems::Problem &problem() const { return problem_; }

 private:
  static constexpr std::uint64_t kFirst = std::uint64_t{0x123} << 32;
  static constexpr std::uint64_t kSlot = std::uint64_t{1} << 32;
  static constexpr std::uint64_t kMatrix = std::uint64_t{1} << 30;

  std::uint64_t address(int matrix) const {
    return base_ + static_cast<std::uint64_t>(matrix) * kMatrix;
  }

  std::size_t c_bytes() const {
    return static_cast<std::size_t>(problem_.n) * (problem_.raw ? 4u : 1u);
  }

  void place(RegionMemory &memory, testbench::Memory &matrix, int which, int rows) {
    memory.place(address(which), matrix.row(0),
                 static_cast<std::uint64_t>(matrix.row(rows) - matrix.row(0)));
  }

  problems::Problem problem_;
  problems::Operands<std::int8_t, std::int8_t> operands_;
  std::vector<std::uint32_t> expected_;
  std::uint64_t base_;
  std::uint32_t weights_id_;
  testbench::Memories memories_;
};

}  // namespace rtl
