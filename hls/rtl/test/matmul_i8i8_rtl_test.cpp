// SPDX-License-Identifier: Apache-2.0

// The simulated matmul_i8i8 against the reference, on one instance per kind of memory:
//   - every problem of the list, on fast memory and on slow memory with random stalls;
//   - calls in random order whose weights are resident, evicted, or new, overlapping.
// FABRIQ_RTL_CALLS=N sets the number of random calls (default 300).

#include <cstdlib>
#include <deque>

#include RTL_MODEL_HEADER
#include "i8i8_call.hpp"

namespace {

using Simulation = rtl::KernelSimulation<RTL_MODEL>;
using Calls = rtl::KernelCalls<RTL_MODEL>;

constexpr int kKernel = 2;  // FABRIQ_MATMUL_I8I8

rtl::MemoryTiming stalling(std::uint64_t seed) {
  rtl::MemoryTiming timing;
  timing.read_latency = 5 + static_cast<int>(seed % 90);
  timing.write_latency = 1 + static_cast<int>(seed % 60);
  timing.stall = 0.3;
  timing.seed = seed;
  return timing;
}

int run_list(const std::vector<problems::Problem> &problems, const rtl::MemoryTiming &timing,
             std::int64_t limit) {
  rtl::RegionMemory memory;
  Simulation simulation(memory, timing);
  Calls calls(simulation, *fabriq::kernel_descriptor(kKernel));
  int failed = 0;
  std::uint32_t id = 1;
  for (const auto &problem : problems) {
    const std::int64_t products = std::int64_t{problem.m} * problem.k * problem.n;
    if (!problem.serves(problems::Kernel::kI8I8) || products > limit) {
      continue;
    }
    rtl::I8I8Call call(problem, memory, 0, id++);
    calls.set(call.arguments());
    calls.start();
    calls.wait_done(call.patience());
    failed += call.mismatches() == 0 ? 0 : 1;
    if (!simulation.quiet()) {
      std::cout << problem.line << ": ended with bursts under way\n";
      ++failed;
    }
  }
  return failed;
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

/// Up to three calls under way, of a few weights each in its own memory.
int run_random(int count, const rtl::MemoryTiming &timing, std::uint64_t seed) {
  constexpr int kSlots = 6;
  rtl::RegionMemory memory;
  Simulation simulation(memory, timing);
  Calls calls(simulation, *fabriq::kernel_descriptor(kKernel));
  problems::Random random(seed);
  std::vector<std::unique_ptr<rtl::I8I8Call>> slots(kSlots);
  std::vector<int> under_way(kSlots);
  std::deque<int> order;
  std::uint32_t id = 1;
  int failed = 0;
  const auto finish = [&] {
    const int slot = order.front();
    order.pop_front();
    --under_way[static_cast<std::size_t>(slot)];
    rtl::I8I8Call &call = *slots[static_cast<std::size_t>(slot)];
    calls.wait_done(3 * call.patience());
    failed += call.mismatches() == 0 ? 0 : 1;
  };
  for (int i = 0; i < count; ++i) {
    const int slot = random.integer(0, kSlots - 1);
    const auto at = static_cast<std::size_t>(slot);
    while (under_way[at] != 0) {
      finish();
    }
    if (slots[at] == nullptr || random.integer(0, 2) == 0) {
      slots[at] = std::make_unique<rtl::I8I8Call>(random_problem(random), memory, slot,
                                                  random.integer(0, 4) == 0 ? 0 : id++);
    }
    slots[at]->clear_c();
    const int repetitions = random.integer(0, 3) == 0 ? 2 : 1;  // the same call, overlapping itself
    for (int r = 0; r < repetitions; ++r) {
      calls.set(slots[at]->arguments());
      calls.start();
      calls.wait_taken(3 * slots[at]->patience());
      ++under_way[at];
      order.push_back(slot);
      while (order.size() >= static_cast<std::size_t>(random.integer(1, 3))) {
        finish();
      }
    }
  }
  while (!order.empty()) {
    finish();
  }
  return failed;
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const auto problems = problems::read_problems(argc > 1 ? argv[1] : "shapes_matmul.txt");
    const char *setting = std::getenv("FABRIQ_RTL_CALLS");
    const int count = setting == nullptr ? 300 : std::atoi(setting);
    int failed = run_list(problems, {}, INT64_MAX);
    failed += run_list(problems, stalling(7), 300000);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      failed += run_random(count / 4, stalling(seed * 11), seed);
    }
    failed += run_random(count / 4, {}, 5);
    std::cout << failed << " failed\n";
    return failed == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
