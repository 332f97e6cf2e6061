// SPDX-License-Identifier: Apache-2.0

// The C++ kernel network_i8 bit for bit: programs of the planner of java/core, every layer of
// networks and of random ones, batches; wrong programs are refused or end, and the next call is
// right.
//
//   network_i8_test [--quick] CASES...       all of it, over folders of cases; --quick less of it
//   network_i8_test --random NUMBER [SEED]   so many random networks
//   network_i8_test --flips NUMBER [SEED]    so many programs with a bit flipped
//   network_i8_test --layers                 every layer of KWS, ResNet8 and VWW
//   network_i8_test --times CASES...         the time of an image, with the program held

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "comparison.hpp"
#include "host_kernel.hpp"
#include "networks.hpp"
#include "planned_case.hpp"
#include "planned_cases.hpp"
#include "refusals.hpp"
#include "sweeps.hpp"

namespace {

using network::Case;
using network::HostKernel;
using network::Runs;

int random_networks(HostKernel &kernel, int number, std::uint32_t seed) {
  return network::run_random_networks(number, seed, [&](std::uint32_t made, int) {
    const network::Network drawn = network::random_network(made);
    Runs runs;
    runs.chunks = 2;
    return network::run_every_layer(drawn, kernel) + Case(drawn, runs).run(kernel);
  });
}

int refusals(HostKernel &kernel, int flips, std::uint32_t seed) {
  network::Refusals refusals(kernel);
  refusals.headers();
  refusals.records();
  refusals.cycles();
  for (int i = 0; i < 2; ++i) {  // with an id, loaded and held
    refusals.held();
  }
  refusals.flipped(flips, seed);
  return network::report("wrong programs", refusals.failed());
}

/// The fastest of many calls for the first image of each case.
int times(HostKernel &kernel, const std::vector<std::string> &folders) {
  constexpr int kCalls = 100;
  std::uint32_t id = 0;
  for (const std::string &folder : folders) {
    for (const auto &file : network::cases_in(folder)) {
      const network::PlannedCase planned = network::read_case(file);
      const network::Images image = {planned.images.at(0)};
      const int words = static_cast<int>(planned.results.at(0).size());
      std::chrono::nanoseconds fastest = std::chrono::hours(1);
      ++id;
      for (int i = 0; i < kCalls; ++i) {
        const network::Outcome outcome = kernel.call(planned.program, image, words, id, 0);
        if (outcome.error != 0) {
          return 1;
        }
        fastest = std::min(fastest, kernel.duration());
      }
      std::printf("%s: %.3f ms\n", file.stem().string().c_str(),
                  std::chrono::duration<double, std::milli>(fastest).count());
    }
  }
  return 0;
}

int all(bool quick, const std::vector<std::string> &folders) {
  HostKernel kernel;
  int failed = static_cast<int>(network::run_planned_cases(kernel, folders));
  failed += network::run_layers(kernel, {network::mlp(), network::small_cnn(), network::pools()});
  failed += network::run_batches(kernel);
  failed += random_networks(kernel, quick ? 40 : 300, 1);
  return failed + refusals(kernel, quick ? 40 : 1000, 1);
}

}  // namespace

int main(int argc, char **argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string mode = arguments.empty() ? "" : arguments[0];
  const auto number = [&](std::size_t place, int absent) {
    return arguments.size() > place ? std::atoi(arguments[place].c_str()) : absent;
  };
  HostKernel kernel;
  if (mode == "--random") {
    return random_networks(kernel, number(1, 300), static_cast<std::uint32_t>(number(2, 1))) != 0;
  }
  if (mode == "--flips") {
    return refusals(kernel, number(1, 1000), static_cast<std::uint32_t>(number(2, 1))) != 0;
  }
  if (mode == "--layers") {
    return network::run_layers(kernel, {network::kws(), network::resnet8(), network::vww()}) != 0;
  }
  if (mode == "--times") {
    return times(kernel, {arguments.begin() + 1, arguments.end()});
  }
  const bool quick = mode == "--quick";
  return all(quick, {arguments.begin() + (quick ? 1 : 0), arguments.end()}) != 0;
}
