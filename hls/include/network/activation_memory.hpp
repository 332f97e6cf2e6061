// SPDX-License-Identifier: Apache-2.0
#pragma once

// The activation memory: the word of channel block c (8 channels) and pixel p of a tensor lies in
// bank (p + c) mod 8, line base + c * pitch + p / 8. So any 8 consecutive pixels of a block are one
// read of all banks, and a pixel of two neighbouring blocks, or two neighbouring pixels, one write.
//
// There are two copies, so that a sum's second operand is read beside the next layer input. Lines
// count modulo their number, so no place is outside.

#include "network/config.hpp"
#include "network/line.hpp"

namespace overlay {

constexpr int kCopies = 2;
constexpr int kForInput = 0;  // copies
constexpr int kForSecond = 1;

using Memory = Word[kCopies][kLines][kBanks];

/// Where a pair of words lies: the second in the bank behind the first one's.
struct Pair {
  int bank;  // of the first, modulo kBanks
  int lines[2];
};

static_assert((kLines & (kLines - 1)) == 0, "lines are masked");

inline int line_of(int line) {
#pragma HLS INLINE
  return line & (kLines - 1);
}

inline int bank_of(int bank) {
#pragma HLS INLINE
  return bank & (kBanks - 1);
}

#if defined(__SYNTHESIS__) || defined(FABRIQ_FABRIC_ARITHMETIC)

// Bank by bank, as each has its own ports.

/// The words of 8 consecutive pixels of a block.
/// \param plane the block's first line
/// \param first pixel, which may be outside of the tensor
inline void read_pixels(const Memory &memory, int plane, int first, int block,
                        Word (&pixels)[kBanks]) {
#pragma HLS INLINE
  const int bank = bank_of(first + block);
  Word banks[kBanks];
#pragma HLS ARRAY_PARTITION variable = banks complete
  for (int b = 0; b < kBanks; ++b) {
#pragma HLS UNROLL
    const int pixel = first + bank_of(b - bank);
    banks[b] = memory[kForInput][line_of(plane + (pixel >> 3))][b];
  }
  for (int k = 0; k < kBanks; ++k) {
#pragma HLS UNROLL
    pixels[k] = banks[bank_of(bank + k)];
  }
}

inline void read_second(const Memory &memory, const Pair &at, int offset, Word (&words)[2]) {
#pragma HLS INLINE
  Word banks[kBanks];
#pragma HLS ARRAY_PARTITION variable = banks complete
  for (int b = 0; b < kBanks; ++b) {
#pragma HLS UNROLL
    const int line = b == bank_of(at.bank) ? at.lines[0] : at.lines[1];
    banks[b] = memory[kForSecond][line_of(line + offset)][b];
  }
  words[0] = banks[bank_of(at.bank)];
  words[1] = banks[bank_of(at.bank + 1)];
}

/// \param exist which of the two are written
inline void write_pair(Memory &memory, const Pair &at, const bool (&exist)[2],
                       const Word (&words)[2]) {
#pragma HLS INLINE
  for (int b = 0; b < kBanks; ++b) {
#pragma HLS UNROLL
    const int which = b == bank_of(at.bank) ? 0 : 1;
    if (exist[which] && b == bank_of(at.bank + which)) {
      for (int copy = 0; copy < kCopies; ++copy) {
#pragma HLS UNROLL
        memory[copy][line_of(at.lines[which])][b] = words[which];
      }
    }
  }
}

#else

inline void read_pixels(const Memory &memory, int plane, int first, int block,
                        Word (&pixels)[kBanks]) {
  for (int k = 0; k < kBanks; ++k) {
    pixels[k] = memory[kForInput][line_of(plane + ((first + k) >> 3))][bank_of(first + k + block)];
  }
}

inline void read_second(const Memory &memory, const Pair &at, int offset, Word (&words)[2]) {
  for (int i = 0; i < 2; ++i) {
    words[i] = memory[kForSecond][line_of(at.lines[i] + offset)][bank_of(at.bank + i)];
  }
}

inline void write_pair(Memory &memory, const Pair &at, const bool (&exist)[2],
                       const Word (&words)[2]) {
  for (int i = 0; i < 2; ++i) {
    if (exist[i]) {
      for (int copy = 0; copy < kCopies; ++copy) {
        memory[copy][line_of(at.lines[i])][bank_of(at.bank + i)] = words[i];
      }
    }
  }
}

#endif

/// The word of an image, of which nothing else is written at once.
inline void write_word(Memory &memory, int bank, int line, Word word) {
#pragma HLS INLINE
  for (int copy = 0; copy < kCopies; ++copy) {
#pragma HLS UNROLL
    memory[copy][line_of(line)][bank_of(bank)] = word;
  }
}

}  // namespace overlay
