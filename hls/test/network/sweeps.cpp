// SPDX-License-Identifier: Apache-2.0
#include "sweeps.hpp"

#include <iostream>

#include "networks.hpp"

namespace network {

int report(const std::string &what, int wrong) {
  std::cout << what << ": " << wrong << " values differ\n";
  return wrong;
}

int run_layers(NetworkCalls &kernel, const std::vector<Network> &networks) {
  int wrong = 0;
  for (const Network &made : networks) {
    wrong += report(made.name() + ", every layer", run_every_layer(made, kernel));
  }
  return wrong;
}

int run_batches(NetworkCalls &kernel) {
  Runs in_one;
  in_one.images = 16;
  Runs in_turn = in_one;
  in_turn.chunks = 3;
  in_turn.twice = true;
  Runs one_by_one;
  one_by_one.chunks = 3;
  Runs in_two_places = one_by_one;
  in_two_places.twice = true;
  return report("MLP, batch of 16", Case(mlp(), in_one).run(kernel)) +
         report("MLP, 3 batches in two places", Case(mlp(), in_turn).run(kernel)) +
         report("small CNN, 3 images", Case(small_cnn(), one_by_one).run(kernel)) +
         report("corner, 3 images", Case(corner(), one_by_one).run(kernel)) +
         report("corner, 3 images in two places", Case(corner(), in_two_places).run(kernel));
}

int run_random_networks(int number, std::uint32_t seed, const RandomRun &run) {
  int failed = 0;
  std::uint32_t made = seed;
  for (int index = 0; index < number; ++made) {
    try {
      const int wrong = run(made, index);
      ++index;
      if (wrong != 0) {
        std::cout << "seed " << made << ": " << wrong << " values differ\n";
        ++failed;
      }
    } catch (const DoesNotFit &) {
      continue;
    }
  }
  std::cout << number << " random networks of the seeds " << seed << " to " << made - 1 << ": "
            << failed << " failed\n";
  return failed;
}

}  // namespace network
