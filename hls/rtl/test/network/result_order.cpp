// SPDX-License-Identifier: Apache-2.0
#include "packing.hpp"

namespace network {

std::vector<ResultWord> result_order(const Layer &layer, const Record &r) {
  std::vector<ResultWord> words;
  const bool convolution = layer.kind == Kind::kConvolution;
  const int quarters = layer.kind == Kind::kDepthwise ? 3 : !convolution && layer.sx == 2 ? 2 : 4;
  const auto add = [&](int y, int x, int block) {
    if (x < r.out_width && block < r.out_blocks) {
      words.push_back({y * r.out_width + x, block});
    }
  };
  for (int tile = 0; tile < r.tiles; ++tile) {
    for (int y = 0; y < r.out_height; ++y) {
      for (int x = 0; x < r.out_width; x += r.row_pixels) {
        for (int q = 0; q < quarters; ++q) {
          const int per_pixel = !convolution || r.folds_log2 == 2 ? 1 : r.folds_log2 == 1 ? 2 : 4;
          const int pixel = x + q / per_pixel * (r.pair ? 2 : 1);
          const int block = tile * r.tile_blocks + q % per_pixel * 2;
          add(y, pixel, block);
          if (r.pair) {
            add(y, pixel + 1, block);
          } else if (layer.kind != Kind::kDepthwise) {
            add(y, pixel, block + 1);
          }
        }
      }
    }
  }
  return words;
}

}  // namespace network
