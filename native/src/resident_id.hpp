// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace fabriq {

/// A number for newly prepared weights or programs, by which a kernel knows them again: never 0,
/// and another one for each of the next 2^32 - 1 calls of this process. The first is random, so
/// that processes that share a board differ. Thread-safe.
std::uint32_t next_resident_id();

}  // namespace fabriq
