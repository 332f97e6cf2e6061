// SPDX-License-Identifier: Apache-2.0
#pragma once

// The contract's binary32 arithmetic: round to nearest even, never fused, subnormal inputs and
// results flushed to zero with their sign, where a result is tiny if it is so AFTER rounding to 24
// bits.
//
//   synthesis: the vendor's operators flush by themselves.
//   x86-64: SSE does exactly this with MXCSR.FTZ and DAZ, which FlushSubnormals sets.
//   other hosts: flushed in software. Arm's FPCR.FZ detects tininess before rounding, so it would
//     lose the products in [2^-126 - 2^-151, 2^-126), which round to 2^-126.
// FABRIQ_SOFTWARE_FLUSH selects the software path anywhere.

#include <cstdint>

#if !defined(__SYNTHESIS__) && !defined(FABRIQ_SOFTWARE_FLUSH) && defined(__SSE2__)
#define FABRIQ_MXCSR_FLUSH 1
#include <xmmintrin.h>
#elif !defined(__SYNTHESIS__)
#include <cfloat>
#include <cmath>
#endif

namespace matmul {
namespace fp32 {

#if defined(FABRIQ_MXCSR_FLUSH)

/// Flushes subnormals on this thread while it lives. The memory clobbers keep the compiler from
/// moving loads of operands before it or stores of results behind it, and so the arithmetic
/// between.
class FlushSubnormals {
 public:
  FlushSubnormals() : saved_(_mm_getcsr()) { set(saved_ | kFlushToZero | kDenormalsAreZero); }
  ~FlushSubnormals() { set(saved_); }
  FlushSubnormals(const FlushSubnormals &) = delete;
  FlushSubnormals &operator=(const FlushSubnormals &) = delete;

 private:
  static constexpr unsigned kFlushToZero = 0x8000;
  static constexpr unsigned kDenormalsAreZero = 0x0040;

  static void set(unsigned value) {
    asm volatile("" ::: "memory");
    _mm_setcsr(value);
    asm volatile("" ::: "memory");
  }

  unsigned saved_;
};

#else

struct FlushSubnormals {
  FlushSubnormals() {}
};

#endif

#if defined(__SYNTHESIS__) || defined(FABRIQ_MXCSR_FLUSH)

inline float multiply(float a, float b) {
#pragma HLS INLINE
  const float product = a * b;
#pragma HLS BIND_OP variable = product op = fmul impl = maxdsp
  return product;
}

inline float add(float a, float b) {
#pragma HLS INLINE
  const float sum = a + b;
#pragma HLS BIND_OP variable = sum op = fadd impl = fabric
  return sum;
}

#else

inline float flush(float value) {
  return std::fabs(value) < FLT_MIN ? std::copysign(0.0f, value) : value;
}

/// The product is exact in binary64, so one comparison decides and one conversion rounds.
inline float multiply(float a, float b) {
  const double product = static_cast<double>(flush(a)) * static_cast<double>(flush(b));
  const bool tiny = std::fabs(product) < FLT_MIN * (1 - 1.0 / (1 << 25));
  return tiny ? std::copysign(0.0f, static_cast<float>(product)) : static_cast<float>(product);
}

/// Sums in the subnormal range are exact, so tininess is the same before and after rounding.
inline float add(float a, float b) { return flush(flush(a) + flush(b)); }

#endif

}  // namespace fp32
}  // namespace matmul
