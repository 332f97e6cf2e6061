// SPDX-License-Identifier: Apache-2.0
#include "call_report.hpp"

#include <cstring>

#include "error.hpp"

namespace fabriq {
namespace {

/// By status, as docs/overlay.md states.
const char *const kMeanings[] = {
    "done",
    "the program does not begin with FAQN",
    "the program has another version than the kernel",
    "the sum of the program's header is wrong",
    "a number in the program's header is outside its range, or more than the kernel holds",
    "a record's sum or version is wrong, or a field of it cannot be",
    "the record with `last` is not the last one that the header counts",
    "a layer takes more than 2^20 cycles of its own",
    "a layer waits for an image that was freed too early, or too often",
    "there are more or fewer words of results than the header says",
    "chunks is 0, or more than 65535"};

constexpr std::uint32_t kFirstOfRecord = 5;  // these statuses name a record
constexpr std::uint32_t kLastOfRecord = 8;

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
  if (status == 0) {
    return;
  }
  const bool known = status < sizeof kMeanings / sizeof *kMeanings;
  const bool has_record = status >= kFirstOfRecord && status <= kLastOfRecord;
  throw Error(FABRIQ_DEVICE_FAILED,
              "network_i8 ended with status " + std::to_string(status) +
                  (has_record ? " in record " + std::to_string(record) : "") + ": " +
                  (known ? kMeanings[status] : "none that this version knows") +
                  "; plan the network again for this device, which stays usable");
}

}  // namespace fabriq
