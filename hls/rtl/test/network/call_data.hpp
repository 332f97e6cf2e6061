// SPDX-License-Identifier: Apache-2.0
#pragma once

// What calls of network_i8 take and give, as it lies in memory.

#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace network {

/// What the kernel counts, in the order of its report.
struct Counters {
  std::uint64_t busy;
  std::uint64_t beats;
  std::uint64_t waits_for_image;
  std::uint64_t turnaround;
  std::uint64_t waits_for_drain;
};

/// 64-bit words, by run of the program.
using Images = std::vector<std::vector<std::uint64_t>>;

struct Outcome {
  std::vector<std::uint8_t> results;  // behind the report
  std::uint32_t error = 0;
  std::uint32_t record = 0;
  Counters counters{};
  std::uint64_t cycles = 0;  // until the last write's response
};

constexpr std::size_t kReport = 64;  // bytes in front of the results
constexpr std::uint8_t kUntouched = 0xa5;

/// Bytes from one image or result to the next.
inline std::size_t pitch(std::size_t words) { return (8 * words + 63) / 64 * 64; }

inline std::vector<std::uint8_t> packed(const Images &images) {
  std::vector<std::uint8_t> bytes(images.empty() ? 0 : images.size() * pitch(images[0].size()));
  for (std::size_t i = 0; i < images.size(); ++i) {
    std::memcpy(&bytes[i * pitch(images[i].size())], images[i].data(), 8 * images[i].size());
  }
  return bytes;
}

/// Room for the report and the results, untouched.
inline std::vector<std::uint8_t> results_room(const Images &images, int result_words) {
  const std::size_t each = pitch(static_cast<std::size_t>(result_words));
  return std::vector<std::uint8_t>(kReport + images.size() * each, kUntouched);
}

/// What a call wrote. Throws if it wrote no report.
inline Outcome read_report(const std::vector<std::uint8_t> &results) {
  std::array<std::uint64_t, 8> words{};
  std::memcpy(words.data(), results.data(), kReport);
  if (words[0] >> 14 != 0 || words[6] != 0 || words[7] != 0) {
    throw std::runtime_error("network_i8 wrote no report");
  }
  Outcome outcome;
  outcome.results.assign(results.begin() + kReport, results.end());
  outcome.error = static_cast<std::uint32_t>(words[0] & 255);
  outcome.record = static_cast<std::uint32_t>(words[0] >> 8);
  outcome.counters = {words[1], words[2], words[3], words[4], words[5]};
  return outcome;
}

/// The program did not begin to run.
inline bool refused(const Outcome &outcome) {
  return (outcome.error >= 1 && outcome.error <= 4) || outcome.error == 10;
}

/// The 64-bit word of a result.
inline std::uint64_t result_word(const Outcome &outcome, std::size_t result, std::size_t place,
                                 std::size_t words) {
  std::uint64_t value = 0;
  std::memcpy(&value, &outcome.results[result * pitch(words) + 8 * place], 8);
  return value;
}

}  // namespace network
