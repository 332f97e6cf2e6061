// SPDX-License-Identifier: Apache-2.0
#include "network_program.hpp"

#include <cstring>

#include "error.hpp"
#include "header_limits.hpp"
#include "network/form.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kHeaderBytes = overlay::kHeaderLines * overlay::kLineBytes;
constexpr std::size_t kNumbers = overlay::kCheckWord;  // of the header, without its sum

static_assert(sizeof kHeaderLimits / sizeof *kHeaderLimits == kNumbers, "every number has limits");

using HeaderNumbers = std::uint32_t[overlay::kHeaderNumbers];

[[noreturn]] void reject(const std::string &text) {
  throw Error(FABRIQ_INVALID_ARGUMENT, "program: " + text + "; plan the network again");
}

void check_header(const HeaderNumbers &words) {
  std::uint32_t sum = 0;
  for (const std::uint32_t word : words) {
    sum += word;
  }
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const HeaderLimits &limits = kHeaderLimits[i];
    if (words[i] < limits.least || words[i] > limits.greatest) {
      reject(std::string(limits.name) + " is " + std::to_string(words[i]) + "; the limits are " +
             std::to_string(limits.least) + " to " + std::to_string(limits.greatest));
    }
  }
  if (sum != overlay::kHeaderSum) {
    reject("the words of its header add up to " + std::to_string(sum) + ", not " +
           std::to_string(overlay::kHeaderSum));
  }
}

}  // namespace

ProgramSizes check_program(const std::uint8_t *program, std::int64_t bytes) {
  if (program == nullptr) {
    reject("it is NULL");
  }
  if (bytes < static_cast<std::int64_t>(kHeaderBytes)) {
    reject("it has " + std::to_string(bytes) + " bytes, fewer than its header's " +
           std::to_string(kHeaderBytes));
  }
  HeaderNumbers words;
  static_assert(sizeof words == kHeaderBytes, "the header is its numbers");
  std::memcpy(words, program, sizeof words);
  check_header(words);
  std::int64_t expected = kHeaderBytes;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    expected += std::int64_t{words[i]} * kHeaderLimits[i].entry_lines * overlay::kLineBytes;
  }
  if (bytes != expected) {
    reject("it has " + std::to_string(bytes) + " bytes, and its header says " +
           std::to_string(expected));
  }
  const std::uint32_t records = words[overlay::kRecordsWord];
  for (std::uint32_t i = 0; i < records; ++i) {
    check_record(program + kHeaderBytes + std::size_t{i} * kRecordBytes, i, records);
  }
  return {std::size_t{8} * words[overlay::kImageWordsWord],
          std::size_t{8} * words[overlay::kResultWordsWord]};
}

}  // namespace fabriq
