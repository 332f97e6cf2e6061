// SPDX-License-Identifier: Apache-2.0
#include "../kernels/matmul_i8i8.hpp"

#include "testbench.hpp"

namespace {

constexpr int kRepetitions = 3000;

void call(const problems::Problem &problem, testbench::Memories &memories) {
  matmul_i8i8(memories.a.words(), memories.b.words(), memories.columns.words(), memories.c.words(),
              problem.m, problem.k, problem.n, problem.raw ? 2 : 1, problem.zero_c,
              problem.clamp_min, problem.clamp_max, problem.b_bits, 0);
}

int run(const problems::Problem &problem, testbench::Memories &memories, int calls) {
  const auto operands = problems::draw_operands<std::int8_t, std::int8_t>(problem);
  const auto expected = problems::reference(problem, operands);
  const int bytes = problem.raw ? 4 : 1;
  memories.a.fill(operands.a, problem.m, problem.k);
  memories.b.fill_rows(problems::packed_b(problem, operands.b), problem.k,
                       problems::row_bytes_b(problem, 1));
  memories.columns.fill(problems::column_words(problem, operands), 1, 4 * problem.n);
  int failed = 0;
  for (int i = 0; i < calls && failed == 0; ++i) {
    memories.c.reset(problem.m,
                     static_cast<std::size_t>(problem.n) * static_cast<std::size_t>(bytes));
    call(problem, memories);
    failed = testbench::mismatches(problem, memories.c, bytes, expected,
                                   [](std::uint32_t x, std::uint32_t y) { return x == y; });
  }
  return failed;
}

}  // namespace

int main(int argc, char **argv) {
  const int status =
      testbench::run_problems(problems::Kernel::kI8I8, argc, argv,
                              [](const problems::Problem &problem, testbench::Memories &memories) {
                                return run(problem, memories, 1);
                              });
  testbench::Memories memories;
  const auto repeated = problems::parse_problem("17 65 9 random zero_b=random");
  return status != 0 || run(repeated, memories, kRepetitions) != 0 ? 1 : 0;
}
