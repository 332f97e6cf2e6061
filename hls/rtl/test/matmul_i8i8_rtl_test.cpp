// SPDX-License-Identifier: Apache-2.0

// The simulated matmul_i8i8 against the reference: the problems of the list on fast memory and on
// slow memory with random stalls, then random calls that overlap.
//
//   matmul_i8i8_rtl_test LIST
//
// FABRIQ_RTL_CALLS=N sets the number of random calls (default 300).

#include <cstdlib>

#include RTL_MODEL_HEADER
#include "i8i8_call.hpp"
#include "kernel_runs.hpp"

namespace {

using Runs = rtl::KernelRuns<RTL_MODEL, rtl::I8I8Call>;

constexpr int kKernel = 2;  // FABRIQ_MATMUL_I8I8
constexpr std::int64_t kShort = 300000;

/// \param limit of products
std::vector<problems::Problem> shorter(const std::vector<problems::Problem> &all,
                                       std::int64_t limit) {
  std::vector<problems::Problem> chosen;
  for (const auto &problem : all) {
    const std::int64_t products = std::int64_t{problem.m} * problem.k * problem.n;
    if (problem.serves(problems::Kernel::kI8I8) && products <= limit) {
      chosen.push_back(problem);
    }
  }
  return chosen;
}

problems::Problem random_problem(problems::Random &random) {
  problems::Problem problem = problems::parse_problem("1 1 1 random zero_b=random");
  problem.m = random.integer(1, 24);
  problem.k = random.integer(1, random.integer(0, 3) == 0 ? 300 : 90);
  problem.n = random.integer(1, random.integer(0, 3) == 0 ? 200 : 70);
  problem.raw = random.integer(0, 3) == 0;
  problem.b_bits = 8 >> random.integer(0, 2);
  problem.random_zero_b = problem.b_bits == 8;
  problem.zero_a = random.integer(-128, 127);
  problem.zero_c = problem.raw ? 0 : random.integer(-128, 127);
  problem.seed = random.bits();
  problem.line = std::to_string(problem.m) + " " + std::to_string(problem.k) + " " +
                 std::to_string(problem.n) + " random seed=" + std::to_string(problem.seed);
  return problem;
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const auto problems = problems::read_problems(argc > 1 ? argv[1] : "shapes_matmul.txt");
    const char *setting = std::getenv("FABRIQ_RTL_CALLS");
    const int count = setting == nullptr ? 300 : std::atoi(setting);
    const auto fast = shorter(problems, INT64_MAX);
    const auto slow = shorter(problems, kShort);
    int failed = Runs(kKernel, rtl::unshared()).run_list(fast);
    failed += Runs(kKernel, rtl::stalling(7)).run_list(slow);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      failed += Runs(kKernel, rtl::stalling(seed * 11)).run_random(count / 5, seed, random_problem);
    }
    failed += Runs(kKernel, rtl::unshared()).run_random(count - 4 * (count / 5), 5, random_problem);
    std::cout << fast.size() << " problems, " << slow.size() << " of them on stalling memory, "
              << count << " random calls: " << failed << " failed\n";
    return failed == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
