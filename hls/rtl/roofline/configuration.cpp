// SPDX-License-Identifier: Apache-2.0
#include "configuration.hpp"

#include <fstream>
#include <regex>
#include <stdexcept>

namespace roofline {

Configuration::Configuration(const std::string &file) : file_(file) {
  std::ifstream lines(file);
  if (!lines) {
    throw std::runtime_error("cannot read " + file);
  }
  const std::regex form(R"(\s*localparam int unsigned (\w+)\s*=\s*(\d+);)");
  std::smatch found;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, found, form)) {
      values_[found[1]] = std::stoll(found[2]);
    }
  }
}

std::int64_t Configuration::operator[](const std::string &name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) {
    throw std::runtime_error(file_ + " has no " + name);
  }
  return found->second;
}

}  // namespace roofline
