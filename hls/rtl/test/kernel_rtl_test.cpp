// SPDX-License-Identifier: Apache-2.0

// A simulated kernel against the reference, bit for bit.
//
//   kernel_rtl_test LIST...
//     the lists' problems, on fast memory and on slow memory with random stalls, then random calls
//     that overlap
//   kernel_rtl_test --calls COUNT SEED
//     random calls that overlap, all on one instance, while the memory behind its ports changes
//
// FABRIQ_RTL_LONG=1 runs the lists' problems of more than kShort cycles too.

#include <cstdlib>

#include "kernel_under_test.hpp"
#include "random_problem.hpp"

namespace {

constexpr std::int64_t kShort = 60000;
constexpr int kRandomCalls = 200;

/// Cycles in the array of zynq: 8 lanes x 64 columns (int8), 8 rows x 64 columns in turns of 8.
std::int64_t cycles(const problems::Problem &problem) {
  const auto tiles = [](int sides, int by) { return std::int64_t{(sides + by - 1) / by}; };
  const std::int64_t columns = tiles(problem.n, 64);
  return rtl::kKind == problems::Kernel::kI8I8 ? columns * problem.m * tiles(problem.k, 8)
                                               : columns * tiles(problem.m, 8) * problem.k * 8;
}

std::vector<problems::Problem> shorter(const std::vector<problems::Problem> &all,
                                       std::int64_t limit) {
  std::vector<problems::Problem> chosen;
  for (const auto &problem : all) {
    if (problem.serves(rtl::kKind) && cycles(problem) <= limit) {
      chosen.push_back(problem);
    }
  }
  return chosen;
}

problems::Problem draw(problems::Random &random) { return rtl::random_problem(random, rtl::kKind); }

int run_lists(const std::vector<std::string> &lists) {
  std::vector<problems::Problem> problems;
  for (const std::string &list : lists) {
    for (const auto &problem : problems::read_problems(list)) {
      problems.push_back(problem);
    }
  }
  const bool all = std::getenv("FABRIQ_RTL_LONG") != nullptr;
  const auto fast = shorter(problems, all ? INT64_MAX : kShort);
  const auto slow = shorter(problems, all ? 10 * kShort : kShort / 3);
  int failed = rtl::Runs(rtl::kKernel, rtl::unshared()).run_list(fast);
  failed += rtl::Runs(rtl::kKernel, rtl::stalling(7)).run_list(slow);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto timing = seed == 1 ? rtl::unshared() : rtl::stalling(seed * 11);
    failed += rtl::Runs(rtl::kKernel, timing).run_random(kRandomCalls / 4, seed, draw);
  }
  failed += rtl::Runs(rtl::kKernel, rtl::unshared()).run_random(kRandomCalls / 4, 4, draw, true);
  std::cout << fast.size() << " problems, " << slow.size() << " of them on stalling memory, "
            << kRandomCalls << " random calls: " << failed << " failed\n";
  return failed;
}

int run_calls(int count, std::uint64_t seed) {
  if (count < 1) {
    throw std::runtime_error("give at least 1 call, not " + std::to_string(count));
  }
  rtl::Runs runs(rtl::kKernel, rtl::unshared());
  const int failed = runs.run_random(count, seed, draw, true);
  std::cout << count << " random calls on one instance, seed " << seed << ", in "
            << runs.simulation().cycles() << " cycles: " << failed << " failed\n";
  return failed;
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() == 3 && arguments[0] == "--calls") {
      return run_calls(std::stoi(arguments[1]), std::stoull(arguments[2])) == 0 ? 0 : 1;
    }
    if (arguments.empty() || arguments[0][0] == '-') {
      std::cerr << "usage: kernel_rtl_test LIST... | --calls COUNT SEED\n";
      return 2;
    }
    return run_lists(arguments) == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
