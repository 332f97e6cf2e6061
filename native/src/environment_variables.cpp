// SPDX-License-Identifier: Apache-2.0
#include "environment_variables.hpp"

#include <unistd.h>

#include <atomic>
#include <cstring>
#include <deque>
#include <vector>

namespace fabriq {
namespace {

/// \param setting NAME=value, or nullptr to remove the name
void replace(const std::string &name, char *setting) {
  const std::string start = name + "=";
  static auto &all = *new std::deque<std::vector<char *>>;
  std::vector<char *> &variables = all.emplace_back();
  for (char **variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (std::strncmp(*variable, start.c_str(), start.size()) != 0) {
      variables.push_back(*variable);
    }
  }
  if (setting != nullptr) {
    variables.push_back(setting);
  }
  variables.push_back(nullptr);
  std::atomic_thread_fence(std::memory_order_release);
  environ = variables.data();
}

}  // namespace

void set_variable(const char *name, const std::string &value) {
  replace(name, strdup((std::string(name) + "=" + value).c_str()));
}

void remove_variable(const char *name) { replace(name, nullptr); }

}  // namespace fabriq
