// SPDX-License-Identifier: Apache-2.0

// A simulated fp32 kernel against the reference: the problems of the list on fast memory and on
// slow memory with random stalls, then random calls that overlap.
//
//   matmul_fp32_rtl_test LIST
//
// FABRIQ_RTL_CALLS=N sets the number of random calls (default 200); FABRIQ_RTL_LONG=1 runs the
// problems of more than kShort cycles too.

#include <cstdlib>

#include RTL_MODEL_HEADER
#include "fp32_call.hpp"
#include "kernel_runs.hpp"

namespace {

using B = RTL_B;
using Runs = rtl::KernelRuns<RTL_MODEL, rtl::Fp32Call<B>>;

constexpr bool kInt8 = sizeof(B) == 1;
constexpr int kKernel = kInt8 ? 1 : 0;  // FABRIQ_MATMUL_F32I8, FABRIQ_MATMUL_F32F32
constexpr std::int64_t kShort = 40000;

/// Cycles of the 8 x 8 array.
std::int64_t cycles(const problems::Problem &problem) {
  const std::int64_t tiles = std::int64_t{(problem.m + 7) / 8} * ((problem.n + 63) / 64);
  return tiles * problem.k * 8;
}

std::vector<problems::Problem> shorter(const std::vector<problems::Problem> &all,
                                       std::int64_t limit) {
  std::vector<problems::Problem> chosen;
  for (const auto &problem : all) {
    if (problem.serves(kInt8 ? problems::Kernel::kF32I8 : problems::Kernel::kF32F32) &&
        cycles(problem) <= limit) {
      chosen.push_back(problem);
    }
  }
  return chosen;
}

problems::Problem random_problem(problems::Random &random) {
  problems::Problem problem = problems::parse_problem("1 1 1 random");
  problem.m = random.integer(1, random.integer(0, 3) == 0 ? 70 : 20);
  problem.k = random.integer(1, random.integer(0, 4) == 0 ? 600 : 60);
  problem.n = random.integer(1, random.integer(0, 3) == 0 ? 200 : 70);
  problem.data = random.integer(0, 1) == 0 ? "random" : "special";
  problem.b_bits = 8 >> random.integer(0, 2);
  problem.random_zero_b = random.integer(0, 1) == 0;
  problem.bias = random.integer(0, 3) != 0;
  problem.seed = random.bits();
  problem.line = std::to_string(problem.m) + " " + std::to_string(problem.k) + " " +
                 std::to_string(problem.n) + " " + problem.data +
                 " b_bits=" + std::to_string(problem.b_bits) +
                 (problem.random_zero_b ? " zero_b=random" : "") +
                 (problem.bias ? "" : " bias=no") + " seed=" + std::to_string(problem.seed);
  return problem;
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const auto problems = problems::read_problems(argc > 1 ? argv[1] : "shapes_matmul.txt");
    const char *setting = std::getenv("FABRIQ_RTL_CALLS");
    const int count = setting == nullptr ? 200 : std::atoi(setting);
    const bool all = std::getenv("FABRIQ_RTL_LONG") != nullptr;
    const auto fast = shorter(problems, all ? INT64_MAX : kShort);
    const auto slow = shorter(problems, all ? 10 * kShort : kShort / 4);
    int failed = Runs(kKernel, rtl::unshared()).run_list(fast);
    failed += Runs(kKernel, rtl::stalling(7)).run_list(slow);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      failed += Runs(kKernel, rtl::stalling(seed * 11)).run_random(count / 4, seed, random_problem);
    }
    failed += Runs(kKernel, rtl::unshared()).run_random(count - 3 * (count / 4), 4, random_problem);
    std::cout << fast.size() << " problems, " << slow.size() << " of them on stalling memory, "
              << count << " random calls: " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
