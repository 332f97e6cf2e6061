// SPDX-License-Identifier: Apache-2.0
#pragma once

// Elements of B in a bus word. A code of 8, 4 or 2 bits is two's complement; in a row, code i
// occupies the bits i * width ... of the row, bit 0 of byte 0 first, so a code never crosses a
// byte.

#include "matmul/bus_word.hpp"

namespace matmul {

/// \tparam T float, or std::int8_t for codes
template <typename T>
struct PackedElements;

template <>
struct PackedElements<float> {
  /// \param bit where the element starts, a multiple of 32
  static float get(const BusWord &word, int bit, int) {
#pragma HLS INLINE
    return bit_cast<float>(word.lane[bit / 32]);
  }
};

template <>
struct PackedElements<std::int8_t> {
  /// \param bit where the code starts, a multiple of its width
  /// \param width 8, 4 or 2
  static std::int8_t get(const BusWord &word, int bit, int width) {
#pragma HLS INLINE
    const std::uint32_t byte = word.lane[bit / 32] >> (bit % 32 / 8 * 8);
    const int shift = bit % 8;
    return static_cast<std::int8_t>(width == 8   ? signed_bits<8>(byte)
                                    : width == 4 ? signed_bits<4>(byte >> shift)
                                                 : signed_bits<2>(byte >> shift));
  }

 private:
  template <int Width>
  static int signed_bits(std::uint32_t value) {
#pragma HLS INLINE
    const int low = static_cast<int>(value & ((1u << Width) - 1));
    return low - ((low >> (Width - 1)) << Width);
  }
};

}  // namespace matmul
