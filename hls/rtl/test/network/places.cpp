// SPDX-License-Identifier: Apache-2.0
#include "places.hpp"

#include <algorithm>

#include "planner.hpp"

namespace network {

Places::Places(const Network &network, int images, bool twice)
    : network_(network),
      twice_(twice),
      held_(network.shapes()),
      base_(network.shapes().size(), -1),
      last_use_(network.shapes().size(), -1) {
  for (int i = 0; i < layers(); ++i) {
    const Layer &layer = network.layers()[static_cast<std::size_t>(i)];
    last_use_[static_cast<std::size_t>(layer.input)] = i;
    if (layer.second >= 0) {
      last_use_[static_cast<std::size_t>(layer.second)] = i;
    }
  }
  Shape &image = held_[0];
  switch (network.layers()[0].packing) {
    case Packing::kTwoByFour:
      image = {image.h, image.w / 2, 8};
      break;
    case Packing::kTwoByThree:
      image = {image.h, image.w + 1, 8};
      break;
    case Packing::kRows:
      image = {25, 5, 8};
      break;
    case Packing::kPlain:
      break;
  }
  if (images > 1) {
    for (Shape &shape : held_) {
      shape = {1, images, shape.size()};
    }
  }
  base_[0] = 0;
  for (int tensor = 1; tensor < layers(); ++tensor) {
    allocate(tensor);
  }
  base_.back() = 0;  // results are in no place
}

int Places::last_use_of_image() const {
  int last = last_use(0);
  for (int i = 0; i < layers() && !twice_; ++i) {
    const Layer &layer = network_.layers()[static_cast<std::size_t>(i)];
    for (const int tensor : {layer.input, i + 1, layer.second}) {
      if (tensor >= 0 && tensor < layers() && base(tensor) < lines(0)) {
        last = std::max(last, i);
      }
    }
  }
  return last;
}

/// Tries to keep tensors off the image's place, as soon as all that follows fits beside it.
void Places::allocate(int tensor) {
  off_the_image_ = off_the_image_ || (tensor > 1 && rest_fits_above_image(tensor));
  if (place(tensor, off_the_image_)) {
    return;
  }
  off_the_image_ = false;
  if (!place(tensor, false)) {
    throw DoesNotFit(network_.name() + ": tensor " + std::to_string(tensor) + " of " +
                     std::to_string(lines(tensor)) + " lines has no place");
  }
}

bool Places::rest_fits_above_image(int tensor) const {
  int need = lines(tensor);
  for (int i = tensor; i < layers(); ++i) {
    int sum = i < layers() - 1 ? lines(i + 1) : 0;
    for (int held = tensor; held <= i; ++held) {
      sum += last_use(held) >= i ? lines(held) : 0;
    }
    need = std::max(need, sum);
  }
  return need + lines(0) <= kLines;
}

/// The first lines that are free.
bool Places::place(int tensor, bool off_the_image) {
  int base = twice_ ? 2 * lines(0) : off_the_image ? lines(0) : 0;
  for (int next = overlap(tensor, base); next > base; next = overlap(tensor, base)) {
    base = next;
  }
  if (base + lines(tensor) > kLines) {
    return false;
  }
  base_[static_cast<std::size_t>(tensor)] = base;
  return true;
}

/// Where a tensor that is in use ends, of those that would overlap; else base.
int Places::overlap(int tensor, int base) const {
  for (int other = 0; other < tensor; ++other) {
    const int first = base_[static_cast<std::size_t>(other)];
    const bool used = last_use(other) >= tensor - 1;
    if (used && base < first + lines(other) && first < base + lines(tensor)) {
      return first + lines(other);
    }
  }
  return base;
}

}  // namespace network
