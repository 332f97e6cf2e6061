// SPDX-License-Identifier: Apache-2.0
#pragma once

// One problem for a kernel with fp32 A and C.

#include "testbench.hpp"

namespace testbench {

/// \tparam B element type of B
/// \param kernel the top function, with the problem's b_bits if it has that
template <typename B, typename Kernel>
int run_fp32(const problems::Problem &problem, Memories &memories, Kernel kernel) {
  const auto operands = problems::draw_operands<float, B>(problem);
  memories.a.fill(operands.a, problem.m, problem.k);
  memories.b.fill_rows(problems::packed_b(problem, operands.b), problem.k,
                       problems::row_bytes_b(problem, sizeof(B)));
  memories.columns.fill(problems::column_words(problem, operands), 1, 4 * problem.n);
  memories.c.reset(problem.m, static_cast<std::size_t>(problem.n) * sizeof(float));
  kernel(memories.a.words(), memories.b.words(), memories.columns.words(), memories.c.words(),
         problem.m, problem.k, problem.n);
  return mismatches(problem, memories.c, 4, problems::reference(problem, operands),
                    problems::same_fp32);
}

}  // namespace testbench
