// SPDX-License-Identifier: Apache-2.0
#pragma once

// How weights and results are arranged for the array of network_i8.

#include <cstdint>
#include <vector>

#include "planner.hpp"
#include "program_image.hpp"

namespace network {

/// A code as a byte of a word.
inline std::uint64_t byte(int code, int place) {
  return std::uint64_t{static_cast<std::uint8_t>(code)} << (8 * place);
}

/// A multiplier of the array, in the beat of a channel block, window row and tap.
struct Multiplier {
  int column;
  int lane;
  int block;
  int row;
  int tap;
};

/// What a multiplier holds in a tile, 0 where there is no weight.
/// \param channels of the input
int weight_of(const Layer &layer, int channels, int folds, int tile, const Multiplier &at);

/// In which order the last layer's rows, and of these the quarters, give words.
std::vector<ResultWord> result_order(const Layer &layer, const Record &r);

}  // namespace network
