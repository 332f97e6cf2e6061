// SPDX-License-Identifier: Apache-2.0

// The registers of a simulated kernel: start, ready, done and continue, overlapping calls, restart,
// interrupts, counters, and offsets where nothing is.

#include "kernel_under_test.hpp"

namespace {

using Simulation = rtl::KernelSimulation<rtl::Model>;
using Calls = rtl::KernelCalls<rtl::Model>;

constexpr std::uint32_t kGlobalEnable = 0x04;
constexpr std::uint32_t kEnable = 0x08;
constexpr std::uint32_t kStatus = 0x0c;
constexpr std::uint32_t kFirstArgument = 0x10;
constexpr std::uint32_t kRestart = 0x80;
constexpr std::uint32_t kInterrupt = 0x200;
constexpr std::uint32_t kDoneHappened = 1;
constexpr std::uint32_t kReadyHappened = 2;
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
  const std::uint32_t busy = fabriq::kernel_descriptor(rtl::kKernel)->cycle_counters;
  simulation.write_register(busy, 7);
  expect("a counter that was written", simulation.read_register(busy), 0);
}

/// Bytes without strobe stay, also those of control bits.
void strobes(Simulation &simulation, Calls &calls) {
  simulation.write_register(kFirstArgument, 0xaabbccdd, 0b0101);
  expect("an argument written in part", simulation.read_register(kFirstArgument), 0x12bb56dd);
  simulation.write_register(kFirstArgument, 0, 0);
  expect("an argument written in no part", simulation.read_register(kFirstArgument), 0x12bb56dd);
  simulation.write_register(0, Calls::kStart, 0b1110);
  simulation.write_register(kGlobalEnable, 1, 0b1110);
  simulation.write_register(kEnable, 3, 0b1110);
  simulation.write_register(kStatus, 3, 0b1110);
  expect("control without strobe", calls.control(), Calls::kIdle);
  for (const std::uint32_t offset : {kGlobalEnable, kEnable, kStatus}) {
    expect("an interrupt register without strobe", simulation.read_register(offset), 0);
  }
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

/// Ends that did not happen cannot be continued.
void early_continue(Simulation &simulation, Calls &calls) {
  simulation.write_register(0, Calls::kContinue);
  simulation.write_register(0, Calls::kContinue | Calls::kStart);
  wait(simulation, 1000);
  expect("control at the end, continued before", calls.control() & Calls::kDone, Calls::kDone);
  simulation.write_register(0, Calls::kContinue);
  simulation.write_register(0, Calls::kContinue);
  expect("control, continued twice", calls.control() & 7, Calls::kIdle);
}

void run_to_end(Simulation &simulation, Calls &calls) {
  calls.start();
  wait(simulation, 1000);
  simulation.write_register(0, Calls::kContinue);
}

/// The pin is high while the global enable is set and an event that is enabled has happened.
void interrupts(Simulation &simulation, Calls &calls) {
  const auto status = [&] { return simulation.read_register(kStatus); };
  simulation.write_register(kEnable, 0);
  simulation.write_register(kStatus, status());
  expect("status after it was cleared", status(), 0);
  run_to_end(simulation, calls);
  expect("status of events that are not enabled", status(), 0);
  simulation.write_register(kEnable, kReadyHappened);
  run_to_end(simulation, calls);
  expect("status with ready enabled", status(), kReadyHappened);
  expect("interrupt without the global enable", simulation.interrupt(), 0);
  simulation.write_register(kGlobalEnable, 1);
  expect("interrupt once it is enabled", simulation.interrupt(), 1);
  expect("interrupt in control", calls.control() & kInterrupt, kInterrupt);
  simulation.write_register(kEnable, 0);
  expect("interrupt of the past, disabled", simulation.interrupt(), 1);
  simulation.write_register(kStatus, kReadyHappened);
  expect("interrupt after it was cleared", simulation.interrupt(), 0);
  simulation.write_register(kEnable, kDoneHappened | kReadyHappened);
  run_to_end(simulation, calls);
  expect("status with both enabled", status(), kDoneHappened | kReadyHappened);
  simulation.write_register(kStatus, kDoneHappened);
  expect("status, one cleared", status(), kReadyHappened);
  expect("interrupt, one cleared", simulation.interrupt(), 1);
  simulation.write_register(kStatus, kReadyHappened);
  expect("interrupt, both cleared", simulation.interrupt(), 0);
  simulation.write_register(kStatus, kDoneHappened);
  expect("status, toggled without event", status(), kDoneHappened);
  simulation.write_register(kStatus, kDoneHappened);
  simulation.write_register(kGlobalEnable, 0);
  simulation.write_register(kEnable, 0);
}

/// A host that looks at the pin alone learns of every end, also of calls that overlap.
void host_by_interrupt(Simulation &simulation, Calls &calls, rtl::Call &call) {
  constexpr int kEnds = 30;
  simulation.write_register(kGlobalEnable, 1);
  simulation.write_register(kEnable, kDoneHappened);
  calls.start();
  calls.wait_taken(kPatience);
  calls.start();
  for (int ends = 0, started = 2; ends < kEnds;) {
    const std::uint64_t last = simulation.cycles() + kPatience;
    while (!simulation.interrupt()) {
      if (simulation.cycles() > last) {
        throw std::runtime_error("no interrupt after " + std::to_string(ends) + " ends");
      }
      simulation.tick();
    }
    simulation.write_register(kStatus, kDoneHappened);
    while ((calls.control() & Calls::kDone) != 0) {
      ++ends;
      expect("mismatches", static_cast<std::uint64_t>(call.mismatches()), 0);
      simulation.write_register(0, Calls::kContinue);
      if (started < kEnds) {
        ++started;
        calls.wait_taken(kPatience);
        calls.start();
      }
    }
  }
  expect("control after calls by interrupt", calls.control() & 7, Calls::kIdle);
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

void restarts(Simulation &simulation, Calls &calls, rtl::Call &call) {
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
    Calls calls(simulation, *fabriq::kernel_descriptor(rtl::kKernel));
    rtl::Call call(problems::parse_problem("5 9 3 random"), memory, 0, 1);
    plain_registers(simulation, calls);
    strobes(simulation, calls);
    calls.set(call.arguments());
    one_call(simulation, calls);
    expect("mismatches", static_cast<std::uint64_t>(call.mismatches()), 0);
    early_continue(simulation, calls);
    waiting_ends(simulation, calls);
    restarts(simulation, calls, call);
    interrupts(simulation, calls);
    host_by_interrupt(simulation, calls, call);
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
  return failed == 0 ? 0 : 1;
}
