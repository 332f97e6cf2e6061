// SPDX-License-Identifier: Apache-2.0
#pragma once

// One beat of an m_axi port: kBusBytes of little-endian memory as 32-bit lanes. A plain struct, so
// that the kernels' signatures are the same for g++ and for Vitis HLS, which aggregates it to one
// wide port.

#include <cstdint>

#include "matmul/config.hpp"

namespace matmul {

constexpr int kBusLanes = kBusBytes / 4;

struct BusWord {
  std::uint32_t lane[kBusLanes];
};

static_assert(sizeof(BusWord) == kBusBytes, "BusWord must have no padding");

/// Bus words from one row to the next, for rows of `bytes` bytes.
inline int row_words(int bytes) {
#pragma HLS INLINE
  return (bytes + kRowPitch - 1) / kRowPitch * (kRowPitch / kBusBytes);
}

inline BusWord zero_word() {
#pragma HLS INLINE
  BusWord word;
  for (int i = 0; i < kBusLanes; ++i) {
#pragma HLS UNROLL
    word.lane[i] = 0;
  }
  return word;
}

/// The same 32 bits as another type; a union because Vitis HLS synthesizes no memcpy of one scalar.
template <typename To, typename From>
To bit_cast(From from) {
#pragma HLS INLINE
  static_assert(sizeof(To) == sizeof(From), "bit_cast needs types of one size");
  union {
    From from;
    To to;
  } bits;
  bits.from = from;
  return bits.to;
}

/// How elements of a type lie in a bus word.
/// \tparam T float, std::int32_t or std::int8_t
template <typename T>
struct Elements;

template <>
struct Elements<float> {
  static constexpr int kPerWord = kBusLanes;
  static float get(const BusWord &word, int i) {
#pragma HLS INLINE
    return bit_cast<float>(word.lane[i]);
  }
};

template <>
struct Elements<std::int8_t> {
  static constexpr int kPerWord = kBusBytes;
  static std::int8_t get(const BusWord &word, int i) {
#pragma HLS INLINE
    return static_cast<std::int8_t>(word.lane[i / 4] >> (8 * (i % 4)));
  }
};

}  // namespace matmul
