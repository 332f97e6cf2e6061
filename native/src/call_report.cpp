// SPDX-License-Identifier: Apache-2.0
#include "call_report.hpp"

#include <cstring>

#include "error.hpp"
#include "network/status.hpp"

namespace fabriq {
namespace {

/// What a status of docs/overlay.md means.
const char *meaning(std::uint32_t status) {
  switch (status) {
    case overlay::kWrongLetters:
      return "the program does not begin with FAQN";
    case overlay::kWrongVersion:
      return "the program has another version than the kernel";
    case overlay::kWrongSum:
      return "the sum of the program's header is wrong";
    case overlay::kWrongSize:
      return "a number in the program's header is outside its range, or more than the kernel holds";
    case overlay::kWrongRecord:
      return "a record's sum or version is wrong, or a field of it cannot be";
    case overlay::kWrongCount:
      return "the record with `last` is not the last one that the header counts";
    case overlay::kLayerTooLong:
      return "a layer takes more than 2^20 cycles of its own";
    case overlay::kImageGone:
      return "a layer waits for an image that was freed too early, or too often";
    case overlay::kWrongResults:
      return "there are more or fewer words of results than the header says";
    case overlay::kWrongChunks:
      return "chunks is 0, or more than 65535";
    default:
      return "none that this version knows";
  }
}

bool is_of_record(std::uint32_t status) {
  return status >= overlay::kWrongRecord && status <= overlay::kImageGone;
}

}  // namespace

CallReport CallReport::read(const std::uint8_t *bytes) {
  std::uint64_t words[1 + kCycleCounters];
  static_assert(sizeof words <= kReportBytes, "the report holds all counters");
  std::memcpy(words, bytes, sizeof words);
  CallReport report{};
  report.status = words[0] & 0xff;
  report.record = words[0] >> 8 & 0x3f;
  for (int i = 0; i < kCycleCounters; ++i) {
    report.cycles[i] = static_cast<std::int64_t>(words[1 + i]);
  }
  return report;
}

void CallReport::check() const {
  if (status == overlay::kRight) {
    return;
  }
  throw Error(FABRIQ_DEVICE_FAILED,
              "network_i8 ended with status " + std::to_string(status) +
                  (is_of_record(status) ? " in record " + std::to_string(record) : "") + ": " +
                  meaning(status) + "; plan the network again for this device, which stays usable");
}

}  // namespace fabriq
