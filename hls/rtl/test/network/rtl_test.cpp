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
#include "sweeps.hpp"

namespace {

using network::Case;
using network::NetworkKernel;

rtl::MemoryTiming stalling(std::uint64_t seed) {
  rtl::MemoryTiming timing;
  timing.stall = 0.4;
  timing.seed = seed;
  return timing;
}

int random_networks(NetworkKernel &kernel, int number, std::uint32_t seed) {
  return network::run_random_networks(number, seed, [&](std::uint32_t made, int index) {
    kernel.set_timing(index % 2 == 0 ? rtl::MemoryTiming{} : stalling(made));
    network::Runs runs;
    runs.chunks = 1 + index / 2 % 2;
    runs.stores = network::stores_of_target();
    runs.narrow = index % 8 == 4;
    return Case(network::random_network(made), runs).run(kernel);
  });
}

}  // namespace

int main(int argc, char **argv) {
  NetworkKernel kernel{rtl::MemoryTiming{}};
  if (argc > 2 && std::string(argv[1]) == "--random") {
    const auto seed = static_cast<std::uint32_t>(argc > 3 ? std::atoi(argv[3]) : 1);
    return random_networks(kernel, std::atoi(argv[2]), seed) != 0;
  }
  if (argc > 1 && std::string(argv[1]) == "--layers") {
    return network::run_layers(kernel, {network::kws(), network::resnet8(), network::vww()}) != 0;
  }
  int failed =
      network::run_layers(kernel, {network::mlp(), network::small_cnn(), network::pools()}) +
      network::run_batches(kernel) + random_networks(kernel, 300, 1);
  kernel.set_timing(stalling(1));
  failed += network::report("small CNN on stalling memory",
                            network::run_every_layer(network::small_cnn(), kernel));
  return failed != 0;
}
