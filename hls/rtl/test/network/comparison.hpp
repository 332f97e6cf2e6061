// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs networks on a kernel and compares what they give with plain loops.

#include "network.hpp"
#include "network_calls.hpp"
#include "planner.hpp"

namespace network {

struct Runs {
  int images = 1;        // of a run of the program
  int chunks = 1;        // runs of the program
  bool twice = false;    // two places for images
  Stores stores;         // for which it is planned
  bool narrow = false;   // layers take the first quarter alone, where they can
  std::uint32_t id = 0;  // of the program
};

/// A network with its program, images and what it is to give.
class Case {
 public:
  Case(Network network, const Runs &runs);

  /// \return values that differ; prints the first one, and an error of the call
  int run(NetworkCalls &kernel);

  /// Of the last run.
  const Outcome &outcome() const { return outcome_; }

  const Plan &plan() const { return plan_; }
  const Images &images() const { return images_; }

  /// Values of an outcome that differ.
  int compare(const Outcome &outcome) const;

 private:
  struct Result {
    Tensor codes;
    std::vector<std::int32_t> raw;
  };

  int compare_word(const Outcome &outcome, int chunk, std::size_t number) const;

  Network network_;
  Runs runs_;
  Plan plan_;
  Images images_;                // by chunk
  std::vector<Result> results_;  // by image
  Outcome outcome_;
};

/// Runs the prefixes of a network, so that all its layers are compared.
/// \return values that differ
int run_every_layer(const Network &network, NetworkCalls &kernel);

}  // namespace network
