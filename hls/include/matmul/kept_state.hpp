// SPDX-License-Identifier: Apache-2.0
#pragma once

// Arrays that a kernel keeps from call to call. In synthesis they are static: each compute unit has
// its own. On the host a compute unit is a thread, so each thread has its own, made at first use
// (throws std::bad_alloc) and freed when the thread ends.
//
//   MATMUL_KEPT(Owner, float, sums, [8][64]);   // float sums[8][64], zero at first

#if defined(__SYNTHESIS__)

#define MATMUL_KEPT(Owner, Element, name, dimensions) static Element name dimensions

#else

#include <memory>

#define MATMUL_KEPT(Owner, Element, name, dimensions) \
  auto &name = matmul::kept<Owner, Element dimensions>()

namespace matmul {

/// \tparam Owner keeps arrays of one type apart
template <typename Owner, typename Array>
Array &kept() {
  struct Holder {
    Array array;
  };
  static thread_local std::unique_ptr<Holder> holder;
  if (!holder) {
    holder.reset(new Holder());
  }
  return holder->array;
}

}  // namespace matmul

#endif
