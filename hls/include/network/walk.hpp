// SPDX-License-Identifier: Apache-2.0
#pragma once

// The beats of a layer, one after the other: nested counters, innermost first
//
//   tap (of a window row), window row, channel block, x, y (of the output), tile
//
// A layer by channel (depthwise, or a maximum pool) has no blocks: a tile is one. Whatever would be
// a product is a field of the record.

#include "network/form.hpp"
#include "network/record.hpp"

namespace overlay {

inline bool is_by_channel(const Record &record) {
#pragma HLS INLINE
  return record.kind != kConvolution;
}

/// Where the walk stands.
struct Walk {
  int tap;
  int window_row;
  int block;
  int x_left;  // output pixels of the image row
  int y_left;  // output rows
  int tile;
  int x, x_base;      // column of the first input pixel: of the tap, of the row of the array
  int y, y_base;      // its image row
  int row, row_base;  // y times the width
  int plane, plane_base;
  int entry, entry_base;  // of weights or taps
  int pixel, pixel_row;   // first output pixel of the row of the array, of the image row
  int out_plane;
  int out_block;
  int column;  // first entry of column parameters
};

/// What a beat is within its row of the array.
struct Beat {
  bool tap_last;     // of the window row
  bool window_last;  // of the channel block
  bool block_last;
  bool row_last;  // of the row of the array
};

inline Walk first_beat(const Record &record, int base) {
#pragma HLS INLINE
  Walk walk = {};
  walk.x_left = record.out_width;
  walk.y_left = record.out_height;
  walk.x = walk.x_base = record.x_start;
  walk.y = walk.y_base = record.y_start;
  walk.row = walk.row_base = record.row_start;
  walk.plane = walk.plane_base = base;
  walk.entry = walk.entry_base = record.weight_entry;
  walk.out_plane = record.out_base;
  walk.column = record.column_entry;
  return walk;
}

inline Beat beat_of(const Walk &walk, const Record &record) {
#pragma HLS INLINE
  Beat beat;
  beat.tap_last = walk.tap == record.kernel_width - 1;
  beat.window_last = beat.tap_last && walk.window_row == record.kernel_height - 1;
  beat.block_last = is_by_channel(record) || walk.block == record.in_blocks - 1;
  beat.row_last = beat.window_last && beat.block_last;
  return beat;
}

inline bool is_first_of_row(const Walk &walk) {
#pragma HLS INLINE
  return walk.tap == 0 && walk.window_row == 0 && walk.block == 0;
}

/// The channel block that a beat reads.
inline int block_of(const Walk &walk, const Record &record) {
#pragma HLS INLINE
  return is_by_channel(record) ? walk.tile : walk.block;
}

/// Behind the last beat of a row of the array. \return whether that was the layer's last
inline bool next_row(Walk &walk, const Record &record) {
#pragma HLS INLINE
  walk.entry = walk.entry_base;
  walk.pixel += record.row_pixels;
  walk.x_left -= record.row_pixels;
  walk.x_base += record.x_step;
  if (walk.x_left > 0) {
    walk.x = walk.x_base;
    return false;
  }
  walk.x_left = record.out_width;
  walk.x = walk.x_base = record.x_start;
  walk.y_base += record.y_stride;
  walk.row_base += record.row_step;
  walk.pixel_row += record.out_width;
  walk.pixel = walk.pixel_row;
  if (--walk.y_left == 0) {
    walk.y_left = record.out_height;
    walk.y_base = record.y_start;
    walk.row_base = record.row_start;
    walk.pixel = walk.pixel_row = 0;
    walk.entry_base += record.weight_step;
    walk.entry = walk.entry_base;
    walk.out_plane += record.tile_lines;
    walk.out_block += record.tile_blocks;
    walk.column += record.column_step;
    if (is_by_channel(record)) {
      walk.plane_base += record.in_pitch;
      walk.plane = walk.plane_base;
    }
    ++walk.tile;
  }
  walk.y = walk.y_base;
  walk.row = walk.row_base;
  return walk.tile == record.tiles;
}

/// \return whether there is no beat any more
inline bool next_beat(Walk &walk, const Record &record, const Beat &beat) {
#pragma HLS INLINE
  ++walk.entry;
  if (!beat.tap_last) {
    ++walk.tap;
    walk.x += record.tap_step;
    return false;
  }
  walk.tap = 0;
  walk.x = walk.x_base;
  if (!beat.window_last) {
    ++walk.window_row;
    ++walk.y;
    walk.row += record.in_width;
    return false;
  }
  walk.window_row = 0;
  walk.y = walk.y_base;
  walk.row = walk.row_base;
  if (!beat.block_last) {
    ++walk.block;
    walk.plane += record.in_pitch;
    return false;
  }
  walk.block = 0;
  walk.plane = walk.plane_base;
  return next_row(walk, record);
}

}  // namespace overlay
