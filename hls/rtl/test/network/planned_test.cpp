// SPDX-License-Identifier: Apache-2.0

// Runs programs that the planner of java/core made (PlannedCase.java says what a .case file holds):
// those of the folder planned, or of the folders that are named.

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "network_kernel.hpp"

namespace {

namespace files = std::filesystem;

constexpr std::uint64_t kPatience = 10'000'000;

struct PlannedCase {
  std::vector<std::uint8_t> program;
  network::Images images;
  network::Images results;
};

class Bytes {
 public:
  explicit Bytes(const files::path &file) {
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

PlannedCase read(const files::path &file) {
  Bytes bytes(file);
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

/// \return words of the results that differ, or all of them if the call failed
std::size_t run(const files::path &file) {
  const PlannedCase planned = read(file);
  const std::size_t words = planned.results.at(0).size();
  network::NetworkKernel kernel{rtl::MemoryTiming{}};
  const network::Outcome outcome =
      kernel.call(planned.program, planned.images, static_cast<int>(words), 0, kPatience);
  std::size_t wrong = outcome.error == 0 ? 0 : words;
  for (std::size_t i = 0; i < planned.results.size() && outcome.error == 0; ++i) {
    for (std::size_t place = 0; place < words; ++place) {
      wrong += network::NetworkKernel::word(outcome, i, place, words) != planned.results[i][place];
    }
  }
  std::printf("%s: %zu runs, %llu cycles, error %u of record %u, %zu of %zu words differ\n",
              file.filename().string().c_str(), planned.results.size(),
              static_cast<unsigned long long>(outcome.cycles), outcome.error, outcome.record, wrong,
              words * planned.results.size());
  return wrong;
}

}  // namespace

int main(int count, char **arguments) {
  std::vector<files::path> folders(arguments + 1, arguments + count);
  if (folders.empty()) {
    folders.emplace_back(NETWORK_PLANNED_CASES);
  }
  std::vector<files::path> cases;
  for (const files::path &folder : folders) {
    for (const files::directory_entry &entry : files::directory_iterator(folder)) {
      if (entry.path().extension() == ".case") {
        cases.push_back(entry.path());
      }
    }
  }
  std::sort(cases.begin(), cases.end());
  std::size_t wrong = cases.empty() ? 1 : 0;
  for (const files::path &file : cases) {
    wrong += run(file);
  }
  std::printf("%zu cases, %zu words differ\n", cases.size(), wrong);
  return wrong == 0 ? 0 : 1;
}
