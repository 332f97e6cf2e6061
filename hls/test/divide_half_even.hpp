// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace problems {

/// Half-even quotient by 2^shift.
inline std::int64_t divide_half_even(std::int64_t value, int shift) {
  const std::int64_t divisor = std::int64_t(1) << shift;
  std::int64_t quotient = value / divisor;
  std::int64_t rest = value % divisor;
  if (rest < 0) {
    rest += divisor;
    --quotient;
  }
  const std::int64_t other = divisor - rest;
  return rest > other || (rest == other && quotient % 2 != 0) ? quotient + 1 : quotient;
}

}  // namespace problems
