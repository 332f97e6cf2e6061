// SPDX-License-Identifier: Apache-2.0

// XRT hands settings to the process it starts through the environment of its own process: it sets
// a dozen variables while threads, some of its own, read others. The C library allows no such
// thing, and a reader now and then falls on freed memory. Here the changes are kept aside, seen by
// XRT's driver alone, and made in the child.

#include <cstdlib>

#include "environment.hpp"

extern "C" {
char *__real_getenv(const char *name);
int __real_setenv(const char *name, const char *value, int overwrite);
int __real_unsetenv(const char *name);

char *__wrap_getenv(const char *name) {
  return const_cast<char *>(driver::Environment::instance().get(name));
}

int __wrap_setenv(const char *name, const char *value, int overwrite) {
  driver::Environment::instance().set(name, value, overwrite != 0);
  return 0;
}

int __wrap_unsetenv(const char *name) {
  driver::Environment::instance().remove(name);
  return 0;
}
}

namespace driver {

Environment &Environment::instance() {
  static Environment &environment =
      *new Environment;  // threads may read it while the process exits
  return environment;
}

const char *Environment::get_locked(const char *name) const {
  const auto found = changes_.find(name);
  return found == changes_.end() ? __real_getenv(name) : found->second;
}

const char *Environment::get(const char *name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return get_locked(name);
}

void Environment::set(const char *name, const char *value, bool overwrite) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (overwrite || get_locked(name) == nullptr) {
    changes_[name] = values_.insert(value).first->c_str();
  }
}

void Environment::remove(const char *name) {
  const std::lock_guard<std::mutex> lock(mutex_);
  changes_[name] = nullptr;
}

Environment::Changes Environment::changes() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return changes_;
}

void Environment::apply(const Changes &changes) {
  for (const auto &[name, value] : changes) {
    if (value == nullptr) {
      __real_unsetenv(name.c_str());
    } else {
      __real_setenv(name.c_str(), value, 1);
    }
  }
}

}  // namespace driver
