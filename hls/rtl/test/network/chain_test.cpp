// SPDX-License-Identifier: Apache-2.0

// What calls of network_i8 take that follow each other closely: of one program, which is held, and
// of two in turn. Ports of 64 bits and the default memory.

#include <cstdio>
#include <string>

#include "comparison.hpp"
#include "network_chain.hpp"
#include "networks.hpp"

namespace {

using network::Case;
using network::Link;
using network::Outcome;

constexpr std::size_t kCalls = 16;
constexpr std::uint64_t kPatience = 10'000'000;

struct Chain {
  const char *name;
  std::vector<network::Network> networks;  // in turn
  bool held;
  double goal;  // cycles of a call
};

/// \return whether results are right and come in time
bool measure(const Chain &chain) {
  std::vector<Case> cases;
  for (const network::Network &each : chain.networks) {
    cases.emplace_back(each, network::Runs{});
  }
  std::vector<Link> links;
  for (std::size_t i = 0; i < kCalls; ++i) {
    const Case &made = cases[i % cases.size()];
    links.push_back({&made.plan().program, &made.images(), made.plan().result_words,
                     chain.held ? static_cast<std::uint32_t>(i % cases.size()) + 1 : 0});
  }
  network::NetworkChain calls{rtl::MemoryTiming{}};
  int wrong = 0;
  for (int round = 0; round < 2; ++round) {  // in the second one programs are held that can be
    const std::vector<Outcome> outcomes = calls.run(links, kPatience);
    for (std::size_t i = 0; i < kCalls; ++i) {
      wrong += outcomes[i].error != 0 ? 1 : cases[i % cases.size()].compare(outcomes[i]);
    }
  }
  const double each = static_cast<double>(calls.total()) / kCalls;
  std::printf("%-40s %9.1f cycles a call (goal %.0f); %d values differ\n", chain.name, each,
              chain.goal, wrong);
  return wrong == 0 && each <= chain.goal;
}

}  // namespace

int main() {
  using network::kws;
  using network::mlp;
  using network::resnet8;
  using network::vww;
  const Chain chains[] = {
      {"MLP, held", {mlp()}, true, 330},
      {"MLP, loaded each time", {mlp()}, false, 14600},
      {"KWS, held", {kws()}, true, 7800},
      {"KWS, loaded each time", {kws()}, false, 8200},
      {"MLP and KWS in turn, held", {mlp(), kws()}, true, 4100},
      {"MLP and KWS in turn, loaded each time", {mlp(), kws()}, false, 10400},
      {"ResNet8 and VWW in turn, never beside each other", {resnet8(), vww()}, true, 52000},
      {"MLP and ResNet8 in turn, held", {mlp(), resnet8()}, true, 13300},
  };
  bool good = true;
  for (const Chain &chain : chains) {
    good = measure(chain) && good;
  }
  return good ? 0 : 1;
}
