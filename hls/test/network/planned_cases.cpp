// SPDX-License-Identifier: Apache-2.0
#include "planned_cases.hpp"

#include <cstdio>

#include "planned_case.hpp"

namespace network {
namespace {

constexpr std::uint64_t kPatience = 10'000'000;

/// Words of the results of a call's images that differ, or all of them if the call failed.
std::size_t differ(const PlannedCase &planned, std::size_t images, const Outcome &outcome) {
  const std::size_t words = planned.results.at(0).size();
  if (outcome.error != 0) {
    return words * images;
  }
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < images; ++i) {
    for (std::size_t place = 0; place < words; ++place) {
      wrong += result_word(outcome, i, place, words) != planned.results[i][place];
    }
  }
  return wrong;
}

/// \return words of the results that differ when the program is loaded, when it is held, and when
/// it then runs for the first image alone
std::size_t run(NetworkCalls &kernel, const std::filesystem::path &file, std::uint32_t id) {
  const PlannedCase planned = read_case(file);
  const std::size_t images = planned.images.size();
  const int words = static_cast<int>(planned.results.at(0).size());
  const Outcome loaded = kernel.call(planned.program, planned.images, words, id, kPatience);
  const Outcome held = kernel.call(planned.program, planned.images, words, id, kPatience);
  const Outcome alone = kernel.call(planned.program, {planned.images.at(0)}, words, id, kPatience);
  const std::size_t wrong =
      differ(planned, images, loaded) + differ(planned, images, held) + differ(planned, 1, alone);
  std::printf("%s: error %u of record %u, %zu of %zu words differ",
              file.filename().string().c_str(), loaded.error, loaded.record, wrong,
              (2 * images + 1) * planned.results[0].size());
  if (held.cycles != 0) {
    std::printf("; held, %llu cycles of %zu runs, %llu of one",
                static_cast<unsigned long long>(held.cycles), images,
                static_cast<unsigned long long>(alone.cycles));
  }
  std::printf("\n");
  return wrong;
}

}  // namespace

std::size_t run_planned_cases(NetworkCalls &kernel, const std::vector<std::string> &folders) {
  std::size_t cases = 0;
  std::size_t wrong = 0;
  for (const std::string &folder : folders) {
    for (const std::filesystem::path &file : cases_in(folder)) {
      ++cases;
      wrong += run(kernel, file, static_cast<std::uint32_t>(cases));
    }
  }
  std::printf("%zu cases, %zu words differ\n", cases, wrong);
  return cases == 0 ? 1 : wrong;
}

}  // namespace network
