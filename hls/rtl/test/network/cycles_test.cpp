// SPDX-License-Identifier: Apache-2.0

// Cycles of networks on network_i8 from the start of a call until its last write is acknowledged,
// with the program held, 64-bit ports and the default memory: 30 cycles to the first beat of a
// burst.

#include <cstdio>

#include "comparison.hpp"
#include "network_kernel.hpp"
#include "networks.hpp"

namespace {

using network::Case;
using network::Runs;

constexpr std::uint32_t kHeld = 7;

struct Measurement {
  network::Network network;
  Runs runs;
  double goal;  // cycles per image
};

/// \return whether results are right and come in time
bool measure(const Measurement &measurement) {
  Runs runs = measurement.runs;
  runs.stores = network::stores_of_target();
  runs.id = kHeld;
  Case made(measurement.network, runs);
  network::NetworkKernel kernel{rtl::MemoryTiming{}};
  const int wrong = made.run(kernel) + made.run(kernel);
  const network::Counters &counters = made.outcome().counters;
  const int images = runs.images * runs.chunks;
  const double each = static_cast<double>(made.outcome().cycles) / images;
  const auto count = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
  std::printf(
      "%-22s %3d images %9.1f cycles each (goal %.0f): %llu in all, %llu of them until the report, "
      "%llu beats, %llu for the image, %llu between layers, %llu for the drain; %d values differ\n",
      measurement.network.name().c_str(), images, each, measurement.goal,
      count(made.outcome().cycles), count(counters.busy), count(counters.beats),
      count(counters.waits_for_image), count(counters.turnaround), count(counters.waits_for_drain),
      wrong);
  return wrong == 0 && each <= measurement.goal;
}

}  // namespace

int main() {
  Runs batch;
  batch.images = 64;
  Runs in_turn;
  in_turn.images = 16;
  in_turn.chunks = 4;
  in_turn.twice = true;
  Runs of_32 = batch;
  of_32.images = 32;
  const Measurement measurements[] = {
      {network::mlp(), {}, 400},
      {network::mlp(), batch, 230},
      {network::mlp(), in_turn, 230},
      {network::autoencoder(), {}, 970},
      {network::autoencoder(), of_32, 590},
      {network::kws(), {}, 7950},
      {network::resnet8(), {}, 26200},
      {network::vww(), {}, 27400},
  };
  bool good = true;
  for (const Measurement &measurement : measurements) {
    good = measure(measurement) && good;
  }
  return good ? 0 : 1;
}
