// SPDX-License-Identifier: Apache-2.0
#include "../kernels/matmul_f32f32.hpp"

#include "fp32_testbench.hpp"

int main(int argc, char **argv) {
  return testbench::run_problems(
      problems::Kernel::kF32F32, argc, argv,
      [](const problems::Problem &problem, testbench::Memories &memories) {
        return testbench::run_fp32<float>(
            problem, memories, [](auto a, auto b, auto columns, auto c, int m, int k, int n) {
              matmul_f32f32(a, b, columns, c, m, k, n, 0);
            });
      });
}
