// SPDX-License-Identifier: Apache-2.0

// What calls of the simulated matmul_i8i8 cost in clock cycles, by the kernel's own counters, and
// that they cost no more than they should: 64 x 128 x 64 and 512 x 512 x 512 on memory like DDR3 at
// a 64-bit port. Results are compared too.

#include <iomanip>

#include "kernel_under_test.hpp"

namespace {

using rtl::Call;
using Simulation = rtl::KernelSimulation<rtl::Model>;
using Calls = rtl::KernelCalls<rtl::Model>;

/// \return whether the count is within its bar
bool print(const std::string &what, std::uint64_t cycles, std::uint64_t bar, Calls &calls) {
  std::cout << std::left << std::setw(34) << what << std::right << std::setw(9) << cycles
            << " cycles (at most " << bar << "); computing "
            << calls.counter(fabriq::kComputingCycles) << ", stalled on A "
            << calls.counter(fabriq::kStalledOnA) << ", on B " << calls.counter(fabriq::kStalledOnB)
            << ", on C " << calls.counter(fabriq::kStalledOnC)
            << (cycles <= bar ? "" : "  TOO MANY") << "\n";
  return cycles <= bar;
}

/// One call at a time: the first loads B, the second finds it.
bool single(const std::string &shape, std::uint64_t cold, std::uint64_t resident) {
  rtl::RegionMemory memory;
  Simulation simulation(memory, {});
  Calls calls(simulation, *fabriq::kernel_descriptor(rtl::kKernel));
  Call call(problems::parse_problem(shape + " random"), memory, 0, 1);
  bool good = true;
  for (const bool first : {true, false}) {
    call.clear_c();
    calls.set(call.arguments());
    calls.start();
    calls.wait_done(call.patience());
    good &= call.mismatches() == 0;
    good &= print(shape + (first ? ", cold" : ", resident"), calls.counter(fabriq::kBusyCycles),
                  first ? cold : resident, calls);
  }
  return good;
}

/// Calls one behind the other, as a host makes them that sees to the next start in time.
bool sustained(const std::string &shape, int count, std::uint64_t bar) {
  rtl::RegionMemory memory;
  Simulation simulation(memory, {});
  Calls calls(simulation, *fabriq::kernel_descriptor(rtl::kKernel));
  Call call(problems::parse_problem(shape + " random"), memory, 0, 1);
  calls.set(call.arguments());
  calls.start();
  calls.wait_taken(call.patience());
  calls.start();
  calls.wait_done(call.patience());
  const std::uint64_t begin = simulation.cycles();
  for (int i = 1; i < count; ++i) {
    calls.wait_taken(call.patience());
    calls.start();
    calls.wait_done(call.patience());
  }
  const std::uint64_t cycles = simulation.cycles() - begin;
  calls.wait_done(call.patience());
  return print(shape + ", sustained", cycles / static_cast<std::uint64_t>(count - 1), bar, calls) &&
         call.mismatches() == 0;
}

}  // namespace

int main() {
  try {
    bool good = single("64 128 64", 2400, 1250);
    good &= sustained("64 128 64", 20, 1100);
    // 90 % of 512 multiplications per cycle
    good &= single("512 512 512", 291271, 291271);
    return good ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
