// SPDX-License-Identifier: Apache-2.0
#include "planned_cases.hpp"

#include <cstdio>

#include "planned_case.hpp"

namespace network {
namespace {

constexpr std::uint64_t kPatience = 10'000'000;

/// \return words of the results that differ, or all of them if the call failed
std::size_t run(NetworkCalls &kernel, const std::filesystem::path &file) {
  const PlannedCase planned = read_case(file);
  const std::size_t words = planned.results.at(0).size();
  const Outcome outcome =
      kernel.call(planned.program, planned.images, static_cast<int>(words), 0, kPatience);
  std::size_t wrong = outcome.error == 0 ? 0 : words;
  for (std::size_t i = 0; i < planned.results.size() && outcome.error == 0; ++i) {
    for (std::size_t place = 0; place < words; ++place) {
      wrong += result_word(outcome, i, place, words) != planned.results[i][place];
    }
  }
  std::printf("%s: %zu runs, %lld cycles, error %u of record %u, %zu of %zu words differ\n",
              file.filename().string().c_str(), planned.results.size(),
              static_cast<long long>(outcome.counters.busy), outcome.error, outcome.record, wrong,
              words * planned.results.size());
  return wrong;
}

}  // namespace

std::size_t run_planned_cases(NetworkCalls &kernel, const std::vector<std::string> &folders) {
  std::size_t cases = 0;
  std::size_t wrong = 0;
  for (const std::string &folder : folders) {
    for (const std::filesystem::path &file : cases_in(folder)) {
      wrong += run(kernel, file);
      ++cases;
    }
  }
  std::printf("%zu cases, %zu words differ\n", cases, wrong);
  return cases == 0 ? 1 : wrong;
}

}  // namespace network
