// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a driver answers itself when there is no device: each body is complete for its call (XRT
// ends the process over a missing field), status registers say done and idle, transfers are empty.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace driver {

/// \param request the first bytes of the request's body; may be cut off
std::vector<std::uint8_t> local_answer(std::uint32_t api, std::string_view request);

/// The same in place of a body whose size XRT already knows: filled up to `size` bytes with a field
/// that XRT ignores. Cut off if `size` is smaller, which no answer of a device can be.
std::vector<std::uint8_t> local_answer(std::uint32_t api, std::string_view request,
                                       std::size_t size);

}  // namespace driver
