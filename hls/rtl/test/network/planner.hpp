// SPDX-License-Identifier: Apache-2.0
#pragma once

// Makes a program of network_i8 for a network: what the kernel's host does, for its tests.

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "network.hpp"

namespace network {

/// Eight channels of a pixel of the results.
struct ResultWord {
  int pixel;
  int block;
};

struct Plan {
  std::vector<std::uint8_t> program;
  int records = 0;
  int image_words = 0;
  int result_words = 0;
  std::vector<ResultWord> order;  // in which results come
};

/// A network needs more than the stores or the activation memory hold.
class DoesNotFit : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a kernel's stores hold; those of zynq, without what the first quarter holds beyond the
/// others.
struct Stores {
  int weight_entries = 512;
  int first_quarter_entries = 512;
  int tap_rows = 512;
  int column_entries = 512;
  int tables = 8;
};

/// Throws DoesNotFit.
/// \param images of a run of the program; more than one of dense networks only
/// \param twice two places for images
/// \param narrow all layers but the last take the first quarter alone and the entries that it has
///        beyond the others, where they can
Plan plan(const Network &network, int images, bool twice, const Stores &stores = {},
          bool narrow = false);

/// An image's words, in the order in which the kernel takes them.
std::vector<std::uint64_t> image_words(const Network &network, const Tensor &image);

}  // namespace network
