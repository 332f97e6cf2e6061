// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "network_calls.hpp"

namespace network {

/// Runs the programs of the planner of java/core that folders hold as NAME.case (PlannedCase.java
/// says what that is), and prints how each ended. \return words of results that differ; 1 if there
/// is no case
std::size_t run_planned_cases(NetworkCalls &kernel, const std::vector<std::string> &folders);

}  // namespace network
