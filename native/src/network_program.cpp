// SPDX-License-Identifier: Apache-2.0
#include "network_program.hpp"

#include <cstring>

#include "error.hpp"

namespace fabriq {
namespace {

constexpr std::uint32_t kMagic = 0x4e514146;
constexpr std::uint32_t kVersion = 1;
constexpr std::uint32_t kSum = 0x5a5a5a5a;
constexpr std::size_t kHeaderBytes = 64;

/// A number in the header and its limits, those of the form.
struct HeaderWord {
  const char *name;
  std::uint32_t least;
  std::uint32_t greatest;
  std::uint32_t entry_bytes;  // of a section's entry, or 0
};

/// By place. Entries of weights are as many as a record can name.
constexpr HeaderWord kWords[] = {{"the first word", kMagic, kMagic, 0},
                                 {"the version", kVersion, kVersion, 0},
                                 {"the count of records", 1, 64, kRecordBytes},
                                 {"the count of entries of weights", 0, 1024, 512},
                                 {"the count of rows of taps", 0, 512, 64},
                                 {"the count of entries of column parameters", 0, 512, 128},
                                 {"the count of tables", 0, 8, 256},
                                 {"the count of words of an image", 1, 65535, 0},
                                 {"the first line of the image's place", 0, 1023, 0},
                                 {"the first line of its second place", 0, 1023, 0},
                                 {"the pitch of the image", 0, 1023, 0},
                                 {"the count of channel blocks of the image", 1, 255, 0},
                                 {"the word of flags", 0, 1, 0},
                                 {"the count of words of a result", 1, 65535, 0},
                                 {"word 14", 0, 0, 0}};
enum Word { kRecords = 2, kImageWords = 7, kResultWords = 13 };

[[noreturn]] void reject(const std::string &text) {
  throw Error(FABRIQ_INVALID_ARGUMENT, "program: " + text + "; plan the network again");
}

void check_header(const std::uint32_t (&words)[kHeaderBytes / 4]) {
  std::uint32_t sum = 0;
  for (const std::uint32_t word : words) {
    sum += word;
  }
  for (std::size_t i = 0; i < sizeof kWords / sizeof *kWords; ++i) {
    if (words[i] < kWords[i].least || words[i] > kWords[i].greatest) {
      reject(std::string(kWords[i].name) + " is " + std::to_string(words[i]) + "; the limits are " +
             std::to_string(kWords[i].least) + " to " + std::to_string(kWords[i].greatest));
    }
  }
  if (sum != kSum) {
    reject("the words of its header add up to " + std::to_string(sum) + ", not " +
           std::to_string(kSum));
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
  std::uint32_t words[kHeaderBytes / 4];
  std::memcpy(words, program, kHeaderBytes);
  check_header(words);
  std::int64_t expected = kHeaderBytes;
  for (std::size_t i = 0; i < sizeof kWords / sizeof *kWords; ++i) {
    expected += std::int64_t{words[i]} * kWords[i].entry_bytes;
  }
  if (bytes != expected) {
    reject("it has " + std::to_string(bytes) + " bytes, and its header says " +
           std::to_string(expected));
  }
  for (std::uint32_t i = 0; i < words[kRecords]; ++i) {
    check_record(program + kHeaderBytes + std::size_t{i} * kRecordBytes, i, words[kRecords]);
  }
  return {std::size_t{8} * words[kImageWords], std::size_t{8} * words[kResultWords]};
}

}  // namespace fabriq
