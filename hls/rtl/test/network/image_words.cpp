// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "packing.hpp"
#include "places.hpp"
#include "planner.hpp"

namespace network {

std::vector<std::uint64_t> image_words(const Network &network, const Tensor &image) {
  const Layer &first = network.layers()[0];
  const Shape &shape = image.shape;
  std::vector<std::uint64_t> words;
  // One word of a pixel for each block; code(lane) gives y, x, channel.
  const auto add = [&](auto place) {
    std::uint64_t word = 0;
    for (int lane = 0; lane < 8; ++lane) {
      const auto [y, x, c] = place(lane);
      if (c < shape.c) {
        word |= byte(image.has(y, x) ? image.at(y, x, c) : first.zero_in, lane);
      }
    }
    words.push_back(word);
  };
  const int none = shape.c;
  const auto at = [](int y, int x, int c) { return std::array<int, 3>{y, x, c}; };
  switch (first.packing) {
    case Packing::kTwoByFour:
      for (int y = 0; y < shape.h; ++y) {
        for (int x = 0; x < shape.w / 2; ++x) {
          add([&](int lane) { return at(y, 2 * x + lane / 4, lane % 4); });
        }
      }
      break;
    case Packing::kTwoByThree:
      for (int y = 0; y < shape.h; ++y) {
        for (int x = 0; x <= shape.w; ++x) {
          add([&](int lane) { return at(y, x - 1 + lane / 3, lane < 6 ? lane % 3 : none); });
        }
      }
      break;
    case Packing::kRows:
      for (int y = 0; y < 25; ++y) {
        for (int x = 0; x < 5; ++x) {
          add([&](int lane) { return at(2 * y + lane / 4, 2 * x - 1 + lane % 4, 0); });
        }
      }
      break;
    case Packing::kPlain:
      for (int y = 0; y < shape.h; ++y) {
        for (int x = 0; x < shape.w; ++x) {
          for (int block = 0; block < round_up(shape.c, 8); ++block) {
            add([&](int lane) { return at(y, x, 8 * block + lane); });
          }
        }
      }
      break;
  }
  return words;
}

}  // namespace network
