// SPDX-License-Identifier: Apache-2.0
#pragma once

// The failure that the device code asks for after a call, and the time that a call may take.

#include <string>

namespace driver {

/// Keeps the text if there is none yet. Thread-safe.
void report_failure(const std::string &text);

/// The longest time of one call, in milliseconds.
int call_timeout();

}  // namespace driver
