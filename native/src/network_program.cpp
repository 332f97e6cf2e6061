// SPDX-License-Identifier: Apache-2.0
#include "network_program.hpp"

#include <cstring>

#include "error.hpp"
#include "network/form.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kHeaderBytes = overlay::kHeaderLines * overlay::kLineBytes;
constexpr std::size_t kNumbers = overlay::kSumWord;  // of the header, without its sum

/// A number in the header and its limits, those of the form.
struct HeaderNumber {
  const char *name;
  std::uint32_t least;
  std::uint32_t greatest;
  int entry_lines;  // of a section's entry, or 0
};

/// By overlay::HeaderWord.
constexpr HeaderNumber kLimits[] = {
    {"the first word", overlay::kMagic, overlay::kMagic, 0},
    {"the version", overlay::kFormVersion, overlay::kFormVersion, 0},
    {"the count of records", 1, overlay::kMostRecords, 1},
    {"the count of entries of weights", 0, overlay::kMostWeights, overlay::kWeightLines},
    {"the count of rows of taps", 0, overlay::kMostTaps, 1},
    {"the count of entries of column parameters", 0, overlay::kMostColumns, overlay::kColumnLines},
    {"the count of tables", 0, overlay::kMostTables, overlay::kTableLines},
    {"the count of words of an image", 1, overlay::kMostWords, 0},
    {"the first line of the image's place", 0, overlay::kMostLines - 1, 0},
    {"the first line of its second place", 0, overlay::kMostLines - 1, 0},
    {"the pitch of the image", 0, overlay::kMostLines - 1, 0},
    {"the count of channel blocks of the image", 1, overlay::kMostBlocks, 0},
    {"the word of flags", 0, overlay::kMostFlags, 0},
    {"the count of words of a result", 1, overlay::kMostWords, 0},
    {"word 14", 0, 0, 0}};
static_assert(sizeof kLimits / sizeof *kLimits == kNumbers, "every number has limits");

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
    const HeaderNumber &limits = kLimits[i];
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
    expected += std::int64_t{words[i]} * kLimits[i].entry_lines * overlay::kLineBytes;
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
