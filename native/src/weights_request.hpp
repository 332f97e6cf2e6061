// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resident_weights.hpp"

namespace fabriq {

constexpr std::size_t kColumnBytes = FABRIQ_COLUMN_WORDS * 4;

/// Bytes of a dense row of B.
inline std::size_t row_bytes_b(const WeightsRequest &request) {
  return (static_cast<std::size_t>(request.n) * static_cast<std::size_t>(request.b_bits) + 7) / 8;
}

/// Throws FABRIQ_INVALID_ARGUMENT for anything that a kernel must not see.
void check_weights(const MatmulKernel &kernel, const WeightsRequest &request);

}  // namespace fabriq
