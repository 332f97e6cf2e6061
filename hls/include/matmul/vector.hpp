// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace matmul {

/// Values that move together: one stream element, one register per lane.
/// \tparam T the type of a lane
/// \tparam Size how many
template <typename T, int Size>
struct Vector {
  T lane[Size];
};

}  // namespace matmul
