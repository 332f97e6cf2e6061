// SPDX-License-Identifier: Apache-2.0

// Runs programs that the planner of java/core made: those of the folders that are named, or those
// that are kept here.

#include "network_kernel.hpp"
#include "planned_cases.hpp"

int main(int count, char **arguments) {
  std::vector<std::string> folders(arguments + 1, arguments + count);
  if (folders.empty()) {
    folders.emplace_back(NETWORK_PLANNED_CASES);
  }
  network::NetworkKernel kernel{rtl::MemoryTiming{}};
  return network::run_planned_cases(kernel, folders) == 0 ? 0 : 1;
}
