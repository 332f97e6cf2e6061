// SPDX-License-Identifier: Apache-2.0
#pragma once

// Images: each comes into the activation memory as soon as its place is free.

#include "network/activation_memory.hpp"
#include "network/header.hpp"

namespace overlay {

/// Which images are there. An image is at the place that its number says, of two in turn or of one.
struct Images {
  int loaded;  // so many are loaded
  int held;    // of these, so many are not freed
};

inline void read_image(const matmul::BusWord *image, Header header, hls::stream<Line> &lines) {
  read_lines(image, lines_of(header.image_words), lines);
}

/// Pixel after pixel, and of each block after block.
inline void place_image(hls::stream<Line> &lines, Header header, int base, Memory &memory) {
  Line line = {};
  int pixel = 0;
  int block = 0;
  int plane = base;
  for (int i = 0; i < header.image_words; ++i) {
#pragma HLS PIPELINE II = 1
#pragma HLS LOOP_TRIPCOUNT min = 8 max = 65535
#pragma HLS DEPENDENCE variable = memory type = inter false
    if (i % kLineWords == 0) {
      line = lines.read();
    }
    write_word(memory, pixel + block, plane + (pixel >> 3), line.lane[i % kLineWords]);
    if (++block == header.blocks) {
      block = 0;
      plane = base;
      ++pixel;
    } else {
      plane += header.pitch;
    }
  }
}

inline void load_image(const matmul::BusWord *image, const Header &header, int base,
                       Memory &memory) {
#pragma HLS DATAFLOW
  hls::stream<Line> lines;
#pragma HLS STREAM variable = lines depth = 16
  read_image(image, header, lines);
  place_image(lines, header, base, memory);
}

/// Loads what there is a place for.
/// \param chunks the images of the call
inline void fill_places(const matmul::BusWord *images, const Header &header, int chunks,
                        Images &state, Memory &memory) {
  const int places = header.twice ? 2 : 1;
  const int pitch = lines_of(header.image_words) * kLineBeats;
  for (int i = 0; i < 2; ++i) {
    if (state.held < places && state.loaded < chunks) {
      const int base = header.bases[header.twice ? state.loaded & 1 : 0];
      load_image(images + static_cast<std::int64_t>(state.loaded) * pitch, header, base, memory);
      ++state.loaded;
      ++state.held;
    }
  }
}

}  // namespace overlay
