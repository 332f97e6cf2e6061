// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resident_weights.hpp"

namespace fabriq {

constexpr std::size_t kColumnBytes = FABRIQ_COLUMN_WORDS * 4;

/// Throws FABRIQ_INVALID_ARGUMENT for anything that a kernel must not see.
void check_weights(const MatmulKernel &kernel, const WeightsRequest &request);

}  // namespace fabriq
