// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>

namespace driver {

/// What XRT changes in the environment, for itself and for the device processes it starts.
/// Thread-safe.
class Environment {
 public:
  using Changes = std::map<std::string, const char *>;  // nullptr: removed

  static Environment &instance();

  /// \return the value, which stays valid; nullptr if there is none
  const char *get(const char *name);

  void set(const char *name, const char *value, bool overwrite);
  void remove(const char *name);

  Changes changes();

  /// Makes changes in a process that has just been forked.
  static void apply(const Changes &changes);

 private:
  const char *get_locked(const char *name) const;

  std::mutex mutex_;
  Changes changes_;
  std::set<std::string> values_;
};

}  // namespace driver
