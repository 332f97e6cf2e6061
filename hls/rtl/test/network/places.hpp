// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where the tensors of a network lie in the activation memory.

#include <vector>

#include "network.hpp"

namespace network {

inline int round_up(int value, int by) { return (value + by - 1) / by; }

class Places {
 public:
  /// \param images of a chunk, which dense networks hold as pixels
  /// \param twice two places for the image
  Places(const Network &network, int images, bool twice);

  /// A tensor as it is held.
  const Shape &held(int tensor) const { return held_[static_cast<std::size_t>(tensor)]; }
  int base(int tensor) const { return base_[static_cast<std::size_t>(tensor)]; }
  int blocks(int tensor) const { return round_up(held(tensor).c, 8); }
  int pitch(int tensor) const { return round_up(held(tensor).h * held(tensor).w, 8); }
  int lines(int tensor) const { return blocks(tensor) * pitch(tensor); }

  /// The last layer during which the image's place is in use.
  int last_use_of_image() const;

 private:
  static constexpr int kLines = 1024;

  void allocate(int tensor);
  bool place(int tensor, bool off_the_image);
  int overlap(int tensor, int base) const;
  bool rest_fits_above_image(int tensor) const;

  int layers() const { return static_cast<int>(network_.layers().size()); }
  int last_use(int tensor) const { return last_use_[static_cast<std::size_t>(tensor)]; }

  const Network &network_;
  bool twice_;
  bool off_the_image_ = false;
  std::vector<Shape> held_;
  std::vector<int> base_;
  std::vector<int> last_use_;
};

}  // namespace network
