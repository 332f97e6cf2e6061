// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "device_uri.hpp"

namespace fabriq {

/// Names and values of environment variables.
using Variables = std::vector<std::pair<std::string, std::string>>;

/// Takes the options of fabriq/simulation_settings.hpp out of an address. A file for waveforms is
/// made absolute. Throws FABRIQ_UNKNOWN_DEVICE if a value is outside its limits, or the file cannot
/// be written.
Variables take_simulation_options(DeviceUri &uri);

/// The options with their limits, for messages: "latency=1..10000, ...".
std::string simulation_options();

/// Sets environment variables for as long as it lives; one at a time, in a process where nobody
/// else sets them.
class ScopedVariables {
 public:
  explicit ScopedVariables(const Variables &variables);
  ~ScopedVariables();
  ScopedVariables(const ScopedVariables &) = delete;
  ScopedVariables &operator=(const ScopedVariables &) = delete;

 private:
  Variables before_;
  std::vector<std::string> absent_;
};

}  // namespace fabriq
