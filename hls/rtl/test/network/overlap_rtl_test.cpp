// SPDX-License-Identifier: Apache-2.0

// Calls of network_i8 that overlap: random programs in any order, of which some are held, some are
// wrong and some stand beside the one that runs, with memory that stalls. Each call's report and
// results must be as if it were alone.
//   network_i8_zynq_overlap_rtl_test [CHAINS [SEED]]

#include <cstdlib>
#include <deque>
#include <iostream>
#include <random>

#include "comparison.hpp"
#include "network_chain.hpp"
#include "networks.hpp"
#include "program_bits.hpp"

namespace {

using network::Case;
using network::Link;
using network::Outcome;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t kCalls = 16;
constexpr std::size_t kRoom = 2 << 20;
constexpr std::uint64_t kPatience = 100'000'000;
constexpr std::uint32_t kBadChunks = 10;

class Chains {
 public:
  explicit Chains(std::uint32_t seed) : random_(seed) {}

  /// \return calls that are wrong
  int run(int number) {
    int wrong = 0;
    for (int i = 0; i < number; ++i) {
      draw_cases();
      draw_links();
      rtl::MemoryTiming timing;
      timing.stall = i % 2 == 0 ? 0 : 0.4;
      timing.seed = static_cast<std::uint64_t>(draw(0, 1 << 30));
      calls_.set_timing(timing);
      const std::vector<Outcome> outcomes = calls_.run(links_, kPatience, kRoom);
      for (std::size_t call = 0; call < outcomes.size(); ++call) {
        if (!right(call, outcomes[call])) {
          std::cout << "chain " << i << ", call " << call << " is wrong: error "
                    << outcomes[call].error << "\n";
          ++wrong;
        }
      }
    }
    std::cout << number << " chains of " << kCalls << " calls: " << good_ << " right, " << ended_
              << " of wrong programs ended, " << wrong << " wrong\n";
    return wrong;
  }

 private:
  int draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  void draw_cases() {
    cases_.clear();
    while (cases_.size() < 4) {
      network::Runs runs;
      runs.chunks = draw(1, 3);
      runs.stores = network::stores_of_target();
      try {
        if (draw(0, 7) == 0) {
          runs.images = 8;
          runs.twice = true;
          cases_.emplace_back(network::mlp(), runs);
        } else {
          cases_.emplace_back(network::random_network(static_cast<std::uint32_t>(random_())), runs);
        }
      } catch (const network::DoesNotFit &) {
        continue;
      }
    }
  }

  /// Which case a call is of, -1 if its program is wrong, -2 if it has no images.
  void draw_links() {
    links_.clear();
    of_.clear();
    flipped_.clear();
    int number = draw(0, 3);
    ++first_id_;
    for (std::size_t i = 0; i < kCalls; ++i) {
      if (draw(0, 1) == 0) {
        number = draw(0, 3);
      }
      const Case &chosen = cases_[static_cast<std::size_t>(number)];
      const std::uint32_t id =
          draw(0, 3) == 0 ? 0 : 4 * first_id_ + static_cast<std::uint32_t>(number);
      Link link{&chosen.plan().program, &chosen.images(), chosen.plan().result_words, id};
      of_.push_back(number);
      if (draw(0, 7) == 0) {
        link.program = &flip(chosen);
        link.id = 0;
        of_.back() = -1;
      } else if (draw(0, 15) == 0) {
        link.images = &none_;
        of_.back() = -2;
      }
      links_.push_back(link);
    }
  }

  /// A program with a bit flipped in its header or a record; most have right sums.
  const Bytes &flip(const Case &chosen) {
    flipped_.push_back(chosen.plan().program);
    Bytes &program = flipped_.back();
    const auto part = static_cast<std::size_t>(draw(0, chosen.plan().records));
    const auto byte = static_cast<std::size_t>(draw(0, 61));
    const auto bit = static_cast<std::uint8_t>(1u << draw(0, 7));
    network::flip(program, part, byte, bit, draw(0, 3) != 0);
    return program;
  }

  bool right(std::size_t call, const Outcome &outcome) {
    if (of_[call] == -1) {
      ++ended_;
      return true;
    }
    const bool is = of_[call] == -2
                        ? outcome.error == kBadChunks
                        : outcome.error == 0 &&
                              cases_[static_cast<std::size_t>(of_[call])].compare(outcome) == 0;
    good_ += is;
    return is;
  }

  std::mt19937 random_;
  std::deque<Case> cases_;
  std::deque<Bytes> flipped_;
  std::vector<Link> links_;
  std::vector<int> of_;
  network::Images none_;
  std::uint32_t first_id_ = 0;
  int good_ = 0;
  int ended_ = 0;
  network::NetworkChain calls_{rtl::MemoryTiming{}};
};

}  // namespace

int main(int argc, char **argv) {
  const int chains = argc > 1 ? std::atoi(argv[1]) : 12;
  const auto seed = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  std::cout << "seed " << seed << "\n";
  return Chains(seed).run(chains) != 0;
}
