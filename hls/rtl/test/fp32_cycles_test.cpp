// SPDX-License-Identifier: Apache-2.0

// Cycles of a simulated fp32 kernel with memory of 30 cycles latency: one call from idle that loads
// its weights, one whose weights are resident, and one of a batch of calls that overlap.
//
//   fp32_cycles_test [M K N [loaded resident sustained]]      default 64 128 64
// With a shape alone only the first is run; with the last three it fails if one takes longer.

#include <cstdlib>

#include "kernel_under_test.hpp"

namespace {

using rtl::Call;
using rtl::Runs;

constexpr int kBatch = 6;

std::uint64_t from_idle(Runs &runs, Call &call, const char *name) {
  auto &calls = runs.calls();
  calls.set(call.arguments());
  calls.start();
  calls.wait_done(call.patience());
  std::cout << name << ": " << calls.counter(0) << " cycles, " << calls.counter(1)
            << " computing, stalled on A " << calls.counter(2) << ", B " << calls.counter(3)
            << ", C " << calls.counter(4) << "\n";
  return calls.counter(0);
}

/// From the end of a batch's first call to that of its last, per call.
std::uint64_t sustained(Runs &runs, Call &call) {
  auto &calls = runs.calls();
  std::uint64_t first = 0;
  for (int i = 0; i < kBatch; ++i) {
    calls.start();
    calls.wait_taken(call.patience());
    if (i > 0) {
      calls.wait_done(call.patience());
      first = first == 0 ? runs.simulation().cycles() : first;
    }
  }
  calls.wait_done(call.patience());
  const std::uint64_t each = (runs.simulation().cycles() - first) / (kBatch - 1);
  std::cout << "sustained: " << each << " cycles per call\n";
  return each;
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const auto number = [&](int i, const char *otherwise) {
      return std::string(argc > i ? argv[i] : otherwise);
    };
    Runs runs(rtl::kKernel, {});
    const std::string shape = number(1, "64") + " " + number(2, "128") + " " + number(3, "64");
    Call call(problems::parse_problem(shape + " random"), runs.memory(), 0, 1);
    int failed = 0;
    const auto limit = [&](int i, std::uint64_t cycles) {
      if (argc > i && cycles > std::strtoull(argv[i], nullptr, 10)) {
        std::cout << cycles << " cycles are more than " << argv[i] << "\n";
        ++failed;
      }
    };
    limit(4, from_idle(runs, call, "weights loaded"));
    if (argc != 4) {
      limit(5, from_idle(runs, call, "weights resident"));
      limit(6, sustained(runs, call));
    }
    failed += call.mismatches();
    return failed == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
