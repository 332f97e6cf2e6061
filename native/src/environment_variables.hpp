// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace fabriq {

// Changes of this process's environment while other threads, of a JVM for instance, may read it.
// setenv() frees the array of variables when it grows, under their eyes; here a new array takes its
// place, and the old one and its strings stay for ever. For a few changes per process. Two threads
// must not change the environment at a time.

void set_variable(const char *name, const std::string &value);
void remove_variable(const char *name);

}  // namespace fabriq
