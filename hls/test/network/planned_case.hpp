// SPDX-License-Identifier: Apache-2.0
#pragma once

// Programs that the planner of java/core made, with images and results: files NAME.case, as
// PlannedCase.java says what they hold.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

#include "call_data.hpp"

namespace network {

struct PlannedCase {
  std::vector<std::uint8_t> program;
  Images images;
  Images results;
};

class CaseBytes {
 public:
  explicit CaseBytes(const std::filesystem::path &file) {
    std::ifstream in(file, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
  }

  template <typename T>
  std::vector<T> take(std::size_t count) {
    if (count * sizeof(T) > bytes_.size() - at_) {
      throw std::runtime_error("a case ends early; write it again");
    }
    std::vector<T> values(count);
    std::memcpy(values.data(), bytes_.data() + at_, count * sizeof(T));
    at_ += count * sizeof(T);
    return values;
  }

 private:
  std::vector<char> bytes_;
  std::size_t at_ = 0;
};

inline PlannedCase read_case(const std::filesystem::path &file) {
  CaseBytes bytes(file);
  const std::vector<std::uint32_t> sizes = bytes.take<std::uint32_t>(4);
  PlannedCase planned{bytes.take<std::uint8_t>(sizes[0]), {}, {}};
  for (std::uint32_t i = 0; i < sizes[1]; ++i) {
    planned.images.push_back(bytes.take<std::uint64_t>(sizes[2]));
  }
  for (std::uint32_t i = 0; i < sizes[1]; ++i) {
    planned.results.push_back(bytes.take<std::uint64_t>(sizes[3]));
  }
  return planned;
}

/// The cases of a folder, by name.
inline std::vector<std::filesystem::path> cases_in(const std::filesystem::path &folder) {
  std::vector<std::filesystem::path> cases;
  for (const auto &entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".case") {
      cases.push_back(entry.path());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

}  // namespace network
