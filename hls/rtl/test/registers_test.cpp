// SPDX-License-Identifier: Apache-2.0

// The registers of a simulated kernel: start, ready, done and continue, overlapping calls, restart,
// interrupts, counters, and offsets where nothing is.

#include RTL_MODEL_HEADER
#include "i8i8_call.hpp"

namespace {

using Simulation = rtl::KernelSimulation<RTL_MODEL>;
using Calls = rtl::KernelCalls<RTL_MODEL>;

constexpr std::uint32_t kGlobalEnable = 0x04;
constexpr std::uint32_t kEnable = 0x08;
constexpr std::uint32_t kStatus = 0x0c;
constexpr std::uint32_t kFirstArgument = 0x10;
constexpr std::uint32_t kRestart = 0x80;
constexpr int kCalls = 3;  // that may be under way or wait for ap_continue
constexpr std::uint64_t kPatience = 5000;

int failed = 0;

void expect(const char *what, std::uint64_t found, std::uint64_t wanted) {
  if (found != wanted) {
    std::cout << what << " is " << found << ", expected " << wanted << "\n";
    ++failed;
  }
}

void wait(Simulation &simulation, int cycles) {
  for (int i = 0; i < cycles; ++i) {
    simulation.tick();
  }
}

void plain_registers(Simulation &simulation, Calls &calls) {
  expect("control after reset", calls.control(), Calls::kIdle);
  expect("busy cycles before a call", calls.counter(fabriq::kBusyCycles), 0);
  simulation.write_register(kFirstArgument, 0x12345678);
  expect("an argument", simulation.read_register(kFirstArgument), 0x12345678);
  simulation.write_register(0x100 + kFirstArgument, 1);
  expect("an argument after a write behind the registers", simulation.read_register(kFirstArgument),
         0x12345678);
  expect("a register behind the registers", simulation.read_register(0x100 + kFirstArgument), 0);
  simulation.write_register(0xb8, 7);
  expect("a register that is none", simulation.read_register(0xb8), 0);
}

void one_call(Simulation &simulation, Calls &calls) {
  simulation.write_register(kGlobalEnable, 1);
  simulation.write_register(kEnable, 1);
  calls.start();
  wait(simulation, 1000);
  expect("interrupt at the end", simulation.interrupt(), 1);
  expect("interrupt status", simulation.read_register(kStatus), 1);
  expect("control at the end", calls.control() & 0x1f, Calls::kDone | Calls::kIdle | Calls::kReady);
  expect("control read again", calls.control() & 0x1f, Calls::kDone | Calls::kIdle);
  simulation.write_register(kStatus, 1);
  expect("interrupt after it was cleared", simulation.interrupt(), 0);
  simulation.write_register(0, Calls::kContinue);
  expect("control after continue", calls.control(), Calls::kIdle);
  if (calls.counter(fabriq::kBusyCycles) <= calls.counter(fabriq::kComputingCycles)) {
    expect("busy cycles", calls.counter(fabriq::kBusyCycles), 1000);
  }
  simulation.write_register(kGlobalEnable, 0);
}

/// Starts are taken until kCalls ends wait; each continue makes room for one more.
void waiting_ends(Simulation &simulation, Calls &calls) {
  for (int i = 0; i < kCalls; ++i) {
    calls.start();
    calls.wait_taken(kPatience);
  }
  calls.start();
  wait(simulation, 1000);
  expect("start while no end can be told", calls.control() & Calls::kStart, Calls::kStart);
  simulation.write_register(0, Calls::kContinue);
  calls.wait_taken(kPatience);
  wait(simulation, 1000);
  for (int i = 0; i < kCalls; ++i) {
    expect("done", calls.control() & Calls::kDone, Calls::kDone);
    simulation.write_register(0, Calls::kContinue);
  }
  expect("control after all ends", calls.control() & 7, Calls::kIdle);
}

void restarts(Simulation &simulation, Calls &calls, rtl::I8I8Call &call) {
  simulation.write_register(0, kRestart | Calls::kStart);
  calls.wait_done(kPatience);
  call.clear_c();
  calls.wait_done(kPatience);
  simulation.write_register(0, 0);
  for (int i = 0; i < kCalls + 1; ++i) {
    wait(simulation, 1000);
    simulation.write_register(0, Calls::kContinue);
  }
  expect("control after restarts", calls.control() & 7, Calls::kIdle);
  expect("mismatches after restarts", static_cast<std::uint64_t>(call.mismatches()), 0);
}

}  // namespace

int main() {
  try {
    rtl::RegionMemory memory;
    Simulation simulation(memory, {});
    Calls calls(simulation, *fabriq::kernel_descriptor(2));
    rtl::I8I8Call call(problems::parse_problem("5 9 3 random"), memory, 0, 1);
    plain_registers(simulation, calls);
    calls.set(call.arguments());
    one_call(simulation, calls);
    expect("mismatches", static_cast<std::uint64_t>(call.mismatches()), 0);
    waiting_ends(simulation, calls);
    restarts(simulation, calls, call);
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
  return failed == 0 ? 0 : 1;
}
