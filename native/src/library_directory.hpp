// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace fabriq {

/// The directory of the file that holds this function (libfabriq.so, or a program that is linked
/// with it), without a final slash. What belongs to FabriQ lies beside it.
const std::string &library_directory();

}  // namespace fabriq
