// SPDX-License-Identifier: Apache-2.0

// A reset of a simulated kernel at any time: with calls waiting, under way and ended. Afterwards
// its registers are as after power-up, nothing of the former calls reaches memory, and weights with
// the id that was resident are loaded again.

#include "kernel_under_test.hpp"

namespace {

using Calls = rtl::KernelCalls<rtl::Model>;

constexpr int kResets = 60;
constexpr int kLatest = 3000;  // cycle after the start of a call

class Resets {
 public:
  int run() {
    problems::Random random(1);
    for (int i = 0; i < kResets; ++i) {
      const int after = random.integer(0, random.integer(1, kLatest));
      interrupt(after);
      const bool good = registers_are_clear() && result_is_right();
      if (!good) {
        std::cout << "after a reset in cycle " << after << " of its calls\n";
        ++failed_;
      }
    }
    std::cout << kResets << " resets: " << failed_ << " failed\n";
    return failed_;
  }

 private:
  static problems::Problem problem(std::uint64_t seed) {
    return problems::parse_problem("20 70 40 random zero_b=random seed=" + std::to_string(seed));
  }

  /// Two calls, of which the second finds its weights, end after `cycles` in a reset.
  void interrupt(int cycles) {
    rtl::Call call(problem(++seed_), memory_, 0, kId);
    simulation_.write_register(kGlobalEnable, 1);
    simulation_.write_register(kEnable, 3);
    calls_.set(call.arguments());
    calls_.start();
    const std::uint64_t end = simulation_.cycles() + static_cast<std::uint64_t>(cycles);
    while (simulation_.cycles() < end) {
      if ((calls_.control() & Calls::kStart) == 0 && starts_++ == 0) {
        calls_.start();
      }
    }
    starts_ = 0;
    simulation_.reset();
    calls_.forget();
  }

  bool registers_are_clear() {
    bool clear = calls_.control() == Calls::kIdle && !simulation_.interrupt();
    for (std::uint32_t offset = 4; offset < 0x100; offset += 4) {
      clear = clear && simulation_.read_register(offset) == 0;
    }
    if (!clear) {
      std::cout << "a register is not as after power-up\n";
    }
    return clear;
  }

  /// Of the same shape at the same addresses with the same id, but of other weights.
  bool result_is_right() {
    rtl::Call call(problem(++seed_), memory_, 0, kId);
    calls_.set(call.arguments());
    calls_.start();
    calls_.wait_done(call.patience());
    return call.mismatches() == 0 && simulation_.quiet();
  }

  static constexpr std::uint32_t kId = 7;
  static constexpr std::uint32_t kGlobalEnable = 0x04;
  static constexpr std::uint32_t kEnable = 0x08;

  rtl::RegionMemory memory_;
  rtl::KernelSimulation<rtl::Model> simulation_{memory_, rtl::stalling(5)};
  Calls calls_{simulation_, *fabriq::kernel_descriptor(rtl::kKernel)};
  std::uint64_t seed_ = 0;
  int starts_ = 0;
  int failed_ = 0;
};

}  // namespace

int main() {
  try {
    return Resets().run() == 0 ? 0 : 1;
  } catch (const std::exception &error) {
    std::cout << "failed: " << error.what() << "\n";
    return 1;
  }
}
