// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every source of network_i8 is tested with beyond single programs: layers, batches, random
// networks. All print how each ended.

#include <functional>
#include <string>

#include "comparison.hpp"

namespace network {

/// Prints what was run. \return wrong
int report(const std::string &what, int wrong);

/// Every layer of each network. \return values that differ
int run_layers(NetworkCalls &kernel, const std::vector<Network> &networks);

/// Batches in one run of the program, in several runs, and in two places in turn. \return values
/// that differ
int run_batches(NetworkCalls &kernel);

/// Runs a random network of a seed, the index-th that fits. \return values that differ; throws
/// DoesNotFit
using RandomRun = std::function<int(std::uint32_t seed, int index)>;

/// Random networks of the seeds from `seed` on, until `number` of them have fitted the kernel.
/// \return those that failed
int run_random_networks(int number, std::uint32_t seed, const RandomRun &run);

}  // namespace network
