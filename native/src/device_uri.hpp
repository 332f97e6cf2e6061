// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace fabriq {

/// A device's address: a name and options, as "emulation?threads=2&stall=50ms". A name may consist
/// of a scheme and an instance, as "xrt:0000:03:00.1". Options are taken one by one; what is left
/// in the end is unknown. Every error is FABRIQ_UNKNOWN_DEVICE.
class DeviceUri {
 public:
  explicit DeviceUri(const std::string &text);

  const std::string &name() const { return name_; }

  /// The name up to its first colon, and what follows that; the whole name and "" without a colon.
  std::string scheme() const { return name_.substr(0, name_.find(':')); }
  std::string instance() const;

  /// A text, or "" if absent.
  std::string take_text(const std::string &option);

  /// An integer in least .. greatest, or the default if absent.
  int take_integer(const std::string &option, int absent, int least, int greatest);

  /// A time with unit (ns, us, ms, s) from 0 to the greatest, or 0 if absent.
  std::chrono::nanoseconds take_duration(const std::string &option, std::chrono::seconds greatest);

  /// Throws if an option was not taken; `known` names those the device has.
  void finish(const std::string &known) const;

 private:
  struct Option {
    std::string name;
    std::string value;
  };

  bool take(const std::string &option, std::string &value);

  std::string name_;
  std::vector<Option> options_;
};

}  // namespace fabriq
