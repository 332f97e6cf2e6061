// SPDX-License-Identifier: Apache-2.0
#include "planner.hpp"

#include <algorithm>
#include <numeric>

#include "packing.hpp"
#include "places.hpp"

namespace network {
namespace {

class Planner {
 public:
  Planner(const Network &network, int images, bool twice, const Stores &stores, bool narrow)
      : network_(network),
        images_(images),
        twice_(twice),
        stores_(stores),
        narrow_(narrow),
        places_(network, images, twice),
        narrow_entry_(stores.weight_entries) {}

  Plan run() {
    const int layers = static_cast<int>(network_.layers().size());
    for (int i = 0; i < layers; ++i) {
      add_layer(i, i == layers - 1);
    }
    sections_.records[static_cast<std::size_t>(places_.last_use_of_image())].frees_image = 1;
    // Depthwise layers want zeros in the last entry that all quarters have.
    if (entry_ + (tap_ > 0) > stores_.weight_entries ||
        narrow_entry_ > stores_.first_quarter_entries || tap_ > stores_.tap_rows ||
        column_ > stores_.column_entries || tables_ > stores_.tables) {
      throw DoesNotFit(network_.name() + " does not fit the stores");
    }

    Plan plan;
    plan.order = result_order(network_.layers().back(), sections_.records.back());
    Header header;
    header.base1 = twice_ ? places_.lines(0) : 0;
    header.pitch = places_.pitch(0);
    header.blocks = places_.blocks(0);
    header.twice = twice_;
    const Shape &image = places_.held(0);
    header.image_words = plan.image_words = image.h * image.w * places_.blocks(0);
    const int each = network_.layers().back().raw ? 4 : 1;
    header.result_words = plan.result_words = static_cast<int>(plan.order.size()) * each;
    plan.records = layers;
    plan.program = sections_.bytes(header);
    return plan;
  }

 private:
  void add_layer(int number, bool last) {
    const Layer &layer = network_.layers()[static_cast<std::size_t>(number)];
    const Shape &in = places_.held(layer.input);
    const Shape &out = places_.held(number + 1);
    Record r;
    r.version = 1;
    r.kind = static_cast<int>(layer.kind);
    r.last = r.to_results = last;
    r.raw = last && layer.raw;
    r.in_base = places_.base(layer.input);
    r.in_pitch = places_.pitch(layer.input);
    r.in_blocks = places_.blocks(layer.input);
    r.in_width = in.w;
    r.in_height = in.h;
    r.kernel_width = layer.kw;
    r.kernel_height = layer.kh;
    r.fold_stride = layer.sx;
    r.y_stride = layer.sy;
    r.tap_step = 1;
    r.x_start = -layer.pl;
    r.y_start = -layer.pt;
    r.out_width = out.w;
    r.out_height = out.h;
    r.out_base = places_.base(number + 1);
    r.out_pitch = places_.pitch(number + 1);
    r.out_blocks = places_.blocks(number + 1);
    r.zero_in = layer.zero_in;
    r.zero_out = layer.zero_out;
    r.least = layer.least;
    r.greatest = layer.greatest;
    r.input_first = layer.input == 0;
    if (layer.kind == Kind::kConvolution) {
      add_convolution(layer, r);
    } else {
      add_by_channel(layer, r);
    }
    if (!layer.table.empty()) {
      add_table(layer, r);
    }
    if (layer.second >= 0) {
      r.add = 1;
      r.add_base = places_.base(layer.second);
      r.add_m1 = layer.m1;
      r.add_m2 = layer.m2;
      r.add_shift = layer.add_shift;
      r.add_zero1 = layer.z1;
      r.add_zero2 = layer.z2;
      r.add_zero_out = layer.add_zero;
      r.add_least = layer.add_least;
      r.add_greatest = layer.add_greatest;
    }
    sections_.records.push_back(r);
  }

  void add_convolution(const Layer &layer, Record &r) {
    const bool by_four = layer.packing == Packing::kTwoByFour;
    if (images_ > 1) {  // pixels are images
      r.in_width = r.out_width = images_;
      r.in_height = r.out_height = r.kernel_width = r.kernel_height = r.fold_stride = r.y_stride =
          1;
      r.x_start = r.y_start = 0;
    } else if (layer.window() == 1 && layer.sx == 1 && layer.sy == 1 && layer.pt == 0 &&
               layer.pl == 0 && layer.packing == Packing::kPlain &&
               r.in_width * r.in_height == r.out_width * r.out_height) {
      r.in_width *= r.in_height;
      r.out_width *= r.out_height;
      r.in_height = r.out_height = 1;
    }
    int folds = layer.n <= 16 ? 4 : layer.n <= 32 ? 2 : 1;
    if (r.fold_stride > 2 || r.out_width < 2) {
      folds = 1;
    }
    switch (layer.packing) {
      case Packing::kTwoByFour:
        r.kernel_width = r.kernel_height = 3;
        r.fold_stride = r.y_stride = 2;
        r.pair = 1;
        r.x_start = r.y_start = 0;
        folds = 4;
        break;
      case Packing::kTwoByThree:
        r.kernel_width = r.tap_step = 2;
        r.x_start = 0;
        break;
      case Packing::kRows:
        r.kernel_height = 5;
        r.kernel_width = r.fold_stride = r.y_stride = 1;
        r.y_start = -2;
        r.x_start = 0;
        break;
      case Packing::kPlain:
        break;
    }
    const bool narrow =
        (narrow_ || layer.narrow) && layer.packing == Packing::kPlain && !r.to_results;
    if (narrow) {
      folds = 1;
    }
    const int columns = narrow ? 16 : 64 / folds;
    int &entry = narrow ? narrow_entry_ : entry_;
    r.folds_log2 = folds / 2;
    r.row_pixels = by_four ? 8 : folds;
    r.x_step = by_four ? 8 : folds * r.fold_stride;
    r.tiles = by_four ? 1 : round_up(layer.n, columns);
    r.tile_blocks = by_four ? 1 : columns / 8;
    r.tile_lines = r.tile_blocks * r.out_pitch;
    r.weight_entry = entry;
    r.weight_step = r.kernel_height * r.kernel_width * r.in_blocks;
    r.column_entry = column_;
    r.column_step = narrow ? 1 : std::max(1, 4 / folds);
    r.row_start = r.y_start * r.in_width;
    r.row_step = r.y_stride * r.in_width;
    for (int tile = 0; tile < r.tiles; ++tile) {
      narrow ? add_weights(layer, r, folds, tile / 4, {16 * (tile % 4), 16, entry})
             : add_weights(layer, r, folds, tile, {0, 64, entry});
      for (int q = 0; q < r.column_step; ++q) {
        add_columns(layer, column_++, [&](int lane) {
          return by_four ? lane / 2 : tile * columns + q * 16 + lane % 2 * 8 + lane / 2;
        });
      }
    }
    const bool pixel = r.in_height == 1 && r.in_width == 1;
    if (images_ > 1 || (r.kernel_height == 1 && r.kernel_width == 1 && pixel)) {
      r.need_per_block = 1;
      r.need_x = r.in_blocks * folds;
      r.need_start = 1 + (images_ > 1 ? (folds - 1) * r.in_blocks : 0);
    } else {
      r.need_start = std::max(0, (r.y_start + r.kernel_height) * r.in_width * r.in_blocks);
      r.need_y = r.y_stride * r.in_width * r.in_blocks;
    }
  }

  struct Part {
    int first;  // column of the tile
    int columns;
    int &entry;
  };

  void add_weights(const Layer &layer, const Record &r, int folds, int tile, const Part &part) {
    const Shape &shape = network_.shapes()[static_cast<std::size_t>(layer.input)];
    const int channels = images_ > 1 ? shape.size() : shape.c;
    for (int block = 0; block < r.in_blocks; ++block) {
      for (int row = 0; row < r.kernel_height; ++row) {
        for (int tap = 0; tap < r.kernel_width; ++tap, ++part.entry) {
          for (int place = 0; place < 8 * part.columns; ++place) {
            const int column = place / 8;
            const int lane = place % 8;
            const int weight = weight_of(layer, channels, folds, tile,
                                         {part.first + column, lane, block, row, tap});
            sections_.weights.at(part.entry * 64 + column / 8 * 8 + lane) |=
                byte(weight, column % 8);
          }
        }
      }
    }
  }

  /// An entry of column parameters. \param channel of a lane
  template <typename Channel>
  void add_columns(const Layer &layer, int entry, Channel channel) {
    for (int lane = 0; lane < 16; ++lane) {
      std::uint64_t &word = sections_.columns.at(entry * 16 + lane);
      const int n = channel(lane);
      if (n >= layer.n) {
        continue;
      }
      const std::size_t terms = layer.weights.size() / static_cast<std::size_t>(layer.n);
      const auto first =
          layer.weights.begin() + static_cast<std::ptrdiff_t>(terms * static_cast<std::size_t>(n));
      const std::int64_t sum =
          std::accumulate(first, first + static_cast<std::ptrdiff_t>(terms), std::int64_t{0});
      const auto place = static_cast<std::size_t>(n);
      // Averages count codes from -128. What lies outside the image is the zero point.
      const std::int64_t bias = layer.average ? 128 * sum : layer.bias[place] - layer.zero_in * sum;
      word = static_cast<std::uint32_t>(bias) | std::uint64_t{layer.significand[place]} << 32 |
             static_cast<std::uint64_t>(layer.shift[place]) << 56;
    }
  }

  void add_by_channel(const Layer &layer, Record &r) {
    const bool depthwise = layer.kind == Kind::kDepthwise;
    const bool every_second = layer.sx == 2;
    r.kernel_width = depthwise ? round_up(layer.kw, 3) : layer.kw;
    r.tap_step = depthwise ? 3 : 1;
    r.pair = depthwise ? !every_second : 1;
    r.row_pixels = (depthwise ? 3 : 4) * (every_second ? 1 : 2);
    r.x_step = r.row_pixels * layer.sx;
    r.tiles = r.out_blocks;
    r.tile_blocks = 1;
    r.tile_lines = r.out_pitch;
    r.row_start = r.y_start * r.in_width;
    r.row_step = r.y_stride * r.in_width;
    r.weight_entry = tap_;
    r.weight_step = layer.average ? 0 : layer.kh * r.kernel_width;
    r.column_entry = column_;
    r.column_step = layer.average ? 0 : 1;
    r.need_start = 65535;
    if (!depthwise) {
      r.zero_in = -128;
      return;
    }
    for (int block = 0; block < (layer.average ? 1 : r.out_blocks); ++block) {
      for (int i = 0; i < layer.kh; ++i) {
        for (int j = 0; j < r.kernel_width; ++j, ++tap_) {
          add_taps(layer, block, i, j);
        }
      }
      add_columns(layer, column_++, [&](int lane) { return 8 * block + lane / 2; });
    }
    if (layer.average) {
      r.average = layer.significand[0] != 1;
      r.zero_out = -128;
    }
  }

  void add_taps(const Layer &layer, int block, int i, int j) {
    for (int k = 0; k < 8; ++k) {
      std::uint64_t &word = sections_.taps.at(tap_ * 8 + k);
      for (int t = 0; t < 3; ++t) {
        // A window of an average is the same for all channels.
        const int n = 8 * block + k;
        const int tap = 3 * j + t;
        const bool there = (n < layer.n || layer.average) && tap < layer.kw;
        word |= byte(!there ? 0 : layer.average ? 1 : code_of_channel(layer, n, i, tap), t);
      }
    }
  }

  static int code_of_channel(const Layer &layer, int n, int i, int j) {
    return layer.weights[static_cast<std::size_t>((n * layer.kh + i) * layer.kw + j)];
  }

  void add_table(const Layer &layer, Record &r) {
    r.table = 1;
    r.table_id = tables_;
    for (int i = 0; i < 256; ++i) {
      sections_.tables.at(tables_ * 32 + i / 8) |=
          byte(layer.table[static_cast<std::size_t>(i)], i % 8);
    }
    ++tables_;
  }

  const Network &network_;
  int images_;
  bool twice_;
  Stores stores_;
  bool narrow_;
  Places places_;
  Sections sections_;
  int entry_ = 0;
  int narrow_entry_;
  int tap_ = 0;
  int column_ = 0;
  int tables_ = 0;
};

}  // namespace

Plan plan(const Network &network, int images, bool twice, const Stores &stores, bool narrow) {
  return Planner(network, images, twice, stores, narrow).run();
}

}  // namespace network
