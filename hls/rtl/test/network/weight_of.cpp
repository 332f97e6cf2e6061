// SPDX-License-Identifier: Apache-2.0
#include "packing.hpp"

namespace network {

// Column 2k + h of a quarter is channel 8h + k of its 16.
int weight_of(const Layer &layer, int channels, int folds, int tile, const Multiplier &at) {
  const int quarter = at.column / 16;
  const int half = at.column % 2;
  int n = tile * (64 / folds) + quarter % (4 / folds) * 16 + half * 8 + at.column % 16 / 2;
  int row = at.row;
  int tap = at.tap;
  int channel = 8 * at.block + at.lane;
  switch (layer.packing) {
    case Packing::kTwoByFour:  // and halves are neighbouring pixels
      n = at.column % 16 / 2;
      tap = 2 * at.tap + at.lane / 4 - 2 * half;
      channel = at.lane % 4;
      break;
    case Packing::kTwoByThree:
      tap = 2 * at.tap + at.lane / 3;
      channel = at.lane < 6 ? at.lane % 3 : channels;
      break;
    case Packing::kRows:
      row = 2 * at.row + at.lane / 4;
      tap = at.lane % 4;
      channel = 0;
      break;
    case Packing::kPlain:
      break;
  }
  if (n >= layer.n || channel >= channels || tap < 0 || tap >= layer.kw || row >= layer.kh) {
    return 0;
  }
  const int place = ((n * layer.kh + row) * layer.kw + tap) * channels + channel;
  return layer.weights[static_cast<std::size_t>(place)];
}

}  // namespace network
