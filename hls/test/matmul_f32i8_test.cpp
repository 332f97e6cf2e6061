// SPDX-License-Identifier: Apache-2.0
#include "../kernels/matmul_f32i8.hpp"

#include "fp32_testbench.hpp"

int main(int argc, char **argv) {
  return testbench::run_problems(
      problems::Kernel::kF32I8, argc, argv,
      [](const problems::Problem &problem, testbench::Memories &memories) {
        return testbench::run_fp32<std::int8_t>(
            problem, memories, [&](auto a, auto b, auto columns, auto c, int m, int k, int n) {
              matmul_f32i8(a, b, columns, c, m, k, n, problem.b_bits, 0);
            });
      });
}
