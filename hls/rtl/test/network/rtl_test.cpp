// SPDX-License-Identifier: Apache-2.0

// network_i8 bit for bit: every layer of networks, batches, random networks, memory that stalls.
//   network_i8_zynq_rtl_test [--random NUMBER [SEED] | --layers]
// SEED is that of the first random network.

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "comparison.hpp"
#include "network_kernel.hpp"
#include "networks.hpp"

namespace {

using network::Case;
using network::NetworkKernel;

rtl::MemoryTiming stalling(std::uint64_t seed) {
  rtl::MemoryTiming timing;
  timing.stall = 0.4;
  timing.seed = seed;
  return timing;
}

int report(const std::string &what, int wrong) {
  std::cout << what << ": " << wrong << " values differ\n";
  return wrong;
}

int layers(NetworkKernel &kernel, const std::vector<network::Network> &networks) {
  int wrong = 0;
  for (const auto &made : networks) {
    wrong += report(made.name() + ", every layer", network::run_every_layer(made, kernel));
  }
  return wrong;
}

int batches(NetworkKernel &kernel) {
  network::Runs in_one;
  in_one.images = 16;
  network::Runs in_turn = in_one;
  in_turn.chunks = 3;
  in_turn.twice = true;
  network::Runs one_by_one;
  one_by_one.chunks = 3;
  return report("MLP, batch of 16", Case(network::mlp(), in_one).run(kernel)) +
         report("MLP, 3 batches in two places", Case(network::mlp(), in_turn).run(kernel)) +
         report("small CNN, 3 images", Case(network::small_cnn(), one_by_one).run(kernel));
}

/// Those that do not fit the kernel are passed over.
int random_networks(NetworkKernel &kernel, int number, std::uint32_t seed) {
  int failed = 0;
  std::uint32_t made = seed;
  for (int i = 0; i < number; ++made) {
    kernel.set_timing(i % 2 == 0 ? rtl::MemoryTiming{} : stalling(made));
    network::Runs runs;
    runs.chunks = 1 + i / 2 % 2;
    runs.stores = network::stores_of_target();
    runs.narrow = i % 8 == 4;
    try {
      Case drawn(network::random_network(made), runs);
      ++i;
      const int wrong = drawn.run(kernel);
      if (wrong != 0) {
        std::cout << "seed " << made << ": " << wrong << " values differ\n";
        ++failed;
      }
    } catch (const network::DoesNotFit &) {
      continue;
    }
  }
  std::cout << number << " random networks of the seeds " << seed << " to " << made - 1 << ": "
            << failed << " failed\n";
  return failed;
}

}  // namespace

int main(int argc, char **argv) {
  NetworkKernel kernel{rtl::MemoryTiming{}};
  if (argc > 2 && std::string(argv[1]) == "--random") {
    const auto seed = static_cast<std::uint32_t>(argc > 3 ? std::atoi(argv[3]) : 1);
    return random_networks(kernel, std::atoi(argv[2]), seed) != 0;
  }
  if (argc > 1 && std::string(argv[1]) == "--layers") {
    return layers(kernel, {network::kws(), network::resnet8(), network::vww()}) != 0;
  }
  int failed = layers(kernel, {network::mlp(), network::small_cnn(), network::pools()}) +
               batches(kernel) + random_networks(kernel, 300, 1);
  kernel.set_timing(stalling(1));
  failed += report("small CNN on stalling memory",
                   network::run_every_layer(network::small_cnn(), kernel));
  return failed != 0;
}
