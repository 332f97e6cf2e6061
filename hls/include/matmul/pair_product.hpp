// SPDX-License-Identifier: Apache-2.0
#pragma once

// Two int8 products from one multiplication, as a DSP of 25 x 18 bits can do it:
//
//   ((b1 << 16) + b0) * a = (b1 * a << 16) + b0 * a
//
// Two such products of neighbouring k are added before the fields are split (the DSPs' cascade). A
// field is then a sum of two int8 products: -2 * 128 * 127 = -32,512 to 2 * 128 * 128 = 32,768.
// These are 65,281 values, so 16 bits tell them apart: 8000h can only be +32,768. The high field
// has lost 1 where the low one is negative; taking the decoded low field away before the shift
// gives it back. All of it holds modulo 2^32.
//
// On the host the products are plain, which gives the same sums; FABRIQ_FABRIC_ARITHMETIC selects
// the arithmetic of the fabric there, for tests.

#include <cstdint>

#if !defined(__SYNTHESIS__) && defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "matmul/vector.hpp"
#include "matmul/wrapping.hpp"

namespace matmul {

struct PairSum {
  std::int32_t low;
  std::int32_t high;
};

/// b0 in the low, b1 in the high field: 25 bits, formed by the DSP's pre-adder.
inline std::uint32_t pack_pair(std::int8_t b0, std::int8_t b1) {
#pragma HLS INLINE
  return (static_cast<std::uint32_t>(b1) << 16) + static_cast<std::uint32_t>(b0);
}

/// The sum of two products whose low 16 bits are given.
inline std::int32_t decode_field(std::uint32_t bits) {
#pragma HLS INLINE
  constexpr std::uint32_t kMost = 2 * 128 * 127;
  return static_cast<std::int32_t>((bits + kMost) & 0xFFFF) - static_cast<std::int32_t>(kMost);
}

inline PairSum split_pair(std::uint32_t sum) {
#pragma HLS INLINE
  PairSum pair;
  pair.low = decode_field(sum);
  pair.high = decode_field((sum - static_cast<std::uint32_t>(pair.low)) >> 16);
  return pair;
}

inline std::uint32_t multiply_in_dsp(std::uint32_t pair, std::int8_t a) {
#pragma HLS INLINE
  const std::uint32_t product = pair * static_cast<std::uint32_t>(a);
#pragma HLS BIND_OP variable = product op = mul impl = dsp
  return product;
}

inline std::uint32_t multiply_in_fabric(std::uint32_t pair, std::int8_t a) {
#pragma HLS INLINE
  const std::uint32_t product = pair * static_cast<std::uint32_t>(a);
#pragma HLS BIND_OP variable = product op = mul impl = fabric
  return product;
}

/// The code of a column that is stored in words of Size columns.
template <typename Code, int Size>
std::int8_t code_of(const Vector<Code, Size> *words, int column) {
#pragma HLS INLINE
  return static_cast<std::int8_t>(words[column / Size].lane[column % Size]);
}

/// sums[c] += sum over lanes of a[l] * b[l][c], where b[l] is in words.
/// \tparam FabricPairs pairs of columns that take no DSP
template <int FabricPairs, int Lanes, int Words, typename Code, int Size>
void add_packed_products(const Vector<Code, Size> (&b)[Lanes][Words], const std::int8_t (&a)[Lanes],
                         std::int32_t (&sums)[Words * Size]) {
#pragma HLS INLINE
  constexpr int kPairs = Words * Size / 2;
  for (int c = 0; c < kPairs; ++c) {
#pragma HLS UNROLL
    for (int l = 0; l < Lanes; l += 2) {
#pragma HLS UNROLL
      const std::uint32_t even = pack_pair(code_of(b[l], c), code_of(b[l], c + kPairs));
      const std::uint32_t odd = pack_pair(code_of(b[l + 1], c), code_of(b[l + 1], c + kPairs));
      const PairSum pair = split_pair(
          c < FabricPairs ? multiply_in_fabric(even, a[l]) + multiply_in_fabric(odd, a[l + 1])
                          : multiply_in_dsp(even, a[l]) + multiply_in_dsp(odd, a[l + 1]));
      sums[c] = wrapping_sum(sums[c], pair.low);
      sums[c + kPairs] = wrapping_sum(sums[c + kPairs], pair.high);
    }
  }
}

#if defined(__SYNTHESIS__) || defined(FABRIQ_FABRIC_ARITHMETIC)

using StoredCode = std::int8_t;

template <int FabricPairs, int Lanes, int Words, int Size>
void add_products(const Vector<StoredCode, Size> (&b)[Lanes][Words], const std::int8_t (&a)[Lanes],
                  std::int32_t (&sums)[Words * Size]) {
#pragma HLS INLINE
  add_packed_products<FabricPairs>(b, a, sums);
}

#else

using StoredCode = std::int16_t;  // what a host multiplies fastest

#if defined(__SSE2__)

/// The same as below: an instruction multiplies four columns of two lanes and adds the lanes.
template <int FabricPairs, int Lanes, int Words, int Size>
void add_products(const Vector<StoredCode, Size> (&b)[Lanes][Words], const std::int8_t (&a)[Lanes],
                  std::int32_t (&sums)[Words * Size]) {
  static_assert(Lanes % 2 == 0 && Size % 8 == 0, "pairs of lanes, registers of eight codes");
  __m128i pairs[Lanes / 2];
  for (int l = 0; l < Lanes; l += 2) {
    pairs[l / 2] = _mm_set1_epi32(static_cast<std::int32_t>(
        static_cast<std::uint16_t>(a[l]) | static_cast<std::uint32_t>(a[l + 1]) << 16));
  }
  for (int w = 0; w < Words; ++w) {
    for (int c = 0; c < Size; c += 8) {
      __m128i *to = reinterpret_cast<__m128i *>(&sums[w * Size + c]);
      __m128i low = _mm_loadu_si128(to);
      __m128i high = _mm_loadu_si128(to + 1);
      for (int l = 0; l < Lanes; l += 2) {
        const __m128i even = _mm_loadu_si128(reinterpret_cast<const __m128i *>(&b[l][w].lane[c]));
        const __m128i odd =
            _mm_loadu_si128(reinterpret_cast<const __m128i *>(&b[l + 1][w].lane[c]));
        low = _mm_add_epi32(low, _mm_madd_epi16(_mm_unpacklo_epi16(even, odd), pairs[l / 2]));
        high = _mm_add_epi32(high, _mm_madd_epi16(_mm_unpackhi_epi16(even, odd), pairs[l / 2]));
      }
      _mm_storeu_si128(to, low);
      _mm_storeu_si128(to + 1, high);
    }
  }
}

#else

template <int FabricPairs, int Lanes, int Words, int Size>
void add_products(const Vector<StoredCode, Size> (&b)[Lanes][Words], const std::int8_t (&a)[Lanes],
                  std::int32_t (&sums)[Words * Size]) {
  for (int l = 0; l < Lanes; l += 2) {
    const std::int16_t even = a[l];
    const std::int16_t odd = a[l + 1];
    for (int w = 0; w < Words; ++w) {
      for (int c = 0; c < Size; ++c) {
        std::int32_t &sum = sums[w * Size + c];
        sum = wrapping_sum(sum, even * b[l][w].lane[c] + odd * b[l + 1][w].lane[c]);
      }
    }
  }
}

#endif

#endif

}  // namespace matmul
