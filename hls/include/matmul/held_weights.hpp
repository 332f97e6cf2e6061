// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which weights the stores of a compute unit hold from its last completed call. The host gives
// weights a new id whenever it prepares some, so equal ids are equal weights; 0 stands for no id.
// The host-compiled kernels compare addresses too; in synthesis a pointer of an m_axi port has no
// value.

#include <cstdint>

#include "matmul/blocks.hpp"
#include "matmul/bus_word.hpp"
#include "matmul/kept_state.hpp"

namespace matmul {

struct WeightsKey {
  std::uint32_t id;
  int k;
  int n;
  int bits;
#if !defined(__SYNTHESIS__)
  const BusWord *b;
  const BusWord *columns;
#endif
};

inline WeightsKey weights_key(std::uint32_t id, const Shape &shape, const BusWord *b,
                              const BusWord *columns) {
#pragma HLS INLINE
  WeightsKey key = {};
  key.id = id;
  key.k = shape.k;
  key.n = shape.n;
  key.bits = shape.bits;
#if !defined(__SYNTHESIS__)
  key.b = b;
  key.columns = columns;
#endif
  return key;
}

inline bool same_weights(const WeightsKey &a, const WeightsKey &b) {
#pragma HLS INLINE
  bool same = a.id == b.id && a.k == b.k && a.n == b.n && a.bits == b.bits;
#if !defined(__SYNTHESIS__)
  same = same && a.b == b.b && a.columns == b.columns;
#endif
  return same;
}

/// At the start of a call: whether its weights are held. They count as lost until keep_weights().
inline bool take_weights(WeightsKey &held, const WeightsKey &key) {
#pragma HLS INLINE
  const bool same = key.id != 0 && same_weights(held, key);
  held.id = 0;
  return same;
}

/// At the end of a call. \param whole the stores hold all of B
inline void keep_weights(WeightsKey &held, const WeightsKey &key, bool whole) {
#pragma HLS INLINE
  held = key;
  held.id = whole ? key.id : 0;
}

}  // namespace matmul
