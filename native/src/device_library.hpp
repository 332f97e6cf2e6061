// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "device_table.hpp"

namespace fabriq {

/// Loads, on first use, a library that lies beside libfabriq.so; it stays loaded. Thread-safe.
/// Throws FABRIQ_UNAVAILABLE if the library or one that it needs is missing, or if it is of another
/// build. \param remedy what to install
const DeviceTable &load_device_library(const std::string &file, const std::string &remedy);

}  // namespace fabriq
