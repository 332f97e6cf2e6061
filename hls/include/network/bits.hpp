// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fields of bits of a sequence of 64-bit words, the lowest bit of the first word first.

#include <cstdint>

namespace overlay {

/// A field as a number from 0 on.
/// \tparam First its lowest bit
/// \tparam Bits of it, up to 32
template <int First, int Bits, int Words>
std::int32_t bits_of(const std::uint64_t (&words)[Words]) {
#pragma HLS INLINE
  static_assert(Bits <= 32 && First + Bits <= 64 * Words, "a field of up to 32 bits in the words");
  constexpr int kWord = First / 64;
  constexpr int kBit = First % 64;
  std::uint64_t value = words[kWord] >> kBit;
  if (kBit + Bits > 64) {
    value |= words[kWord + (kBit + Bits > 64)] << (kBit == 0 ? 0 : 64 - kBit);
  }
  return static_cast<std::int32_t>(value & ((std::uint64_t(1) << Bits) - 1));
}

/// A field in two's complement.
template <int First, int Bits, int Words>
std::int32_t signed_bits_of(const std::uint64_t (&words)[Words]) {
#pragma HLS INLINE
  static_assert(Bits < 32, "a field of less than 32 bits");
  constexpr std::int32_t kSign = 1 << (Bits - 1);
  return (bits_of<First, Bits>(words) ^ kSign) - kSign;
}

}  // namespace overlay
