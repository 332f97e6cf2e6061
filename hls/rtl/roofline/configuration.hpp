// SPDX-License-Identifier: Apache-2.0
#pragma once

// The sizes of a configuration: hls/rtl/configurations/<name>.sv.

#include <cstdint>
#include <map>
#include <string>

namespace roofline {

class Configuration {
 public:
  /// Throws std::runtime_error if the file cannot be read.
  explicit Configuration(const std::string &file);

  /// A localparam's value. Throws std::runtime_error if there is none of that name.
  std::int64_t operator[](const std::string &name) const;

 private:
  std::string file_;
  std::map<std::string, std::int64_t> values_;
};

}  // namespace roofline
