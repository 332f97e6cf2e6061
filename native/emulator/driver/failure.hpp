// SPDX-License-Identifier: Apache-2.0
#pragma once

// The failures that the device code asks for after a call, and the time that a call may take.

#include <string>

namespace driver {

/// The board that a socket belongs to: N of "deviceN_0_123", or -1 if it is not named so.
int board_of(const std::string &socket);

/// Keeps the text for a board if there is none yet. Thread-safe.
/// \param board as of board_of(); -1 for that which the calling thread asks about next
void report_failure(int board, const std::string &text);

/// The longest time of one call, in milliseconds.
int call_timeout();

}  // namespace driver
