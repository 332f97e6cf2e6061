// SPDX-License-Identifier: Apache-2.0

// Programs that are wrong (refusals.hpp), and resets at any time of a call, after which the next
// one is right.
//   network_i8_zynq_refusal_rtl_test [FLIPS [SEED]]

#include <cstdlib>
#include <iostream>
#include <random>

#include "network_kernel.hpp"
#include "refusals.hpp"

namespace {

class RtlRefusals : public network::Refusals {
 public:
  explicit RtlRefusals(network::NetworkKernel &kernel) : Refusals(kernel), kernel_(kernel) {}

  /// Two programs are held. One that is refused takes no other's place, a third one takes that of
  /// the one that is not used last.
  void two_held() {
    constexpr std::uint32_t kId = 10;
    const std::vector<std::uint8_t> &program = good().plan().program;
    const std::vector<std::uint8_t> destroyed(program.size(), 0);
    const auto right = [&](const std::vector<std::uint8_t> &given, std::uint32_t id) {
      const network::Outcome outcome = call(given, id);
      return outcome.error == 0 && good().compare(outcome) == 0;
    };
    expect("a program with an id", right(program, kId));
    expect("a program with another id is not read", !right(destroyed, kId + 1));
    expect("a refused program takes the place of another", right(destroyed, kId));
    expect("a second program", right(program, kId + 1));
    expect("the first program is not held any more", right(destroyed, kId));
    expect("the second program is not held any more", right(destroyed, kId + 1));
    expect("a third program", right(program, kId + 2));
    expect("the second program is not held beside it", right(destroyed, kId + 1));
    expect("three programs are held", !right(destroyed, kId));
  }

  /// What a reset leaves must not be taken for the program that was being loaded, or is held.
  void resets(int number, std::uint32_t seed) {
    constexpr std::uint32_t kId = 4;
    constexpr int kLatest = 9000;
    std::mt19937 random(seed);
    for (int i = 0; i < number; ++i) {
      const int after = std::uniform_int_distribution<int>(0, kLatest)(random);
      kernel_.interrupt(good().plan().program, good().images(), good().plan().result_words, kId,
                        after);
      expect("a reset after " + std::to_string(after) + " cycles",
             good().compare(call(good().plan().program, kId)) == 0);
    }
  }

 private:
  network::NetworkKernel &kernel_;
};

}  // namespace

int main(int argc, char **argv) {
  network::NetworkKernel kernel{rtl::MemoryTiming{}};
  const int flips = argc > 1 ? std::atoi(argv[1]) : 30;
  const auto seed = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  RtlRefusals refusals(kernel);
  refusals.headers();
  refusals.records();
  if (argc > 1) {  // millions of cycles
    refusals.cycles();
  }
  for (int i = 0; i < 2; ++i) {  // with an id, loaded and held
    refusals.held();
  }
  refusals.two_held();
  refusals.flipped(flips, seed);
  refusals.resets(flips, seed);
  std::cout << refusals.failed() << " failed\n";
  return refusals.failed() != 0;
}
