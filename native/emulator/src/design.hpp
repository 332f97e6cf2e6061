// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an xclbin's EMBEDDED_METADATA tells of the design: which compute unit lies where.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emulator {

struct PlacedUnit {
  std::string kernel;
  std::string instance;
  std::uint64_t base;   // of its registers
  std::uint64_t range;  // bytes of registers
};

/// The compute units of <kernel name><instance name><addrRemap base range/>, in the order of the
/// text. Throws std::runtime_error if the text is not of that form, is empty of units, or units
/// overlap.
std::vector<PlacedUnit> read_design(std::string_view xml);

}  // namespace emulator
