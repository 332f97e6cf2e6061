// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <string>

#include "error.hpp"
#include "network/record.hpp"
#include "network_program.hpp"

namespace fabriq {
namespace {

constexpr std::int32_t kVersion = overlay::kVersion;
constexpr std::int32_t kNoLimit = 1 << 30;  // above any field

class RecordCheck {
 public:
  explicit RecordCheck(std::uint32_t number) : number_(number) {}

  void range(const char *field, std::int32_t value, std::int32_t least,
             std::int32_t greatest) const {
    if (value < least || value > greatest) {
      refuse(std::string(field) + " is " + std::to_string(value) + "; it must be " +
             (least == greatest      ? std::to_string(least)
              : greatest == kNoLimit ? std::to_string(least) + " or more"
                                     : std::to_string(least) + " to " + std::to_string(greatest)));
    }
  }

  [[noreturn]] void refuse(const std::string &text) const {
    throw Error(FABRIQ_INVALID_ARGUMENT, "program: record " + std::to_string(number_) + ": " +
                                             text + "; plan the network again");
  }

 private:
  std::uint32_t number_;
};

}  // namespace

void check_record(const std::uint8_t *bytes, std::uint32_t number, std::uint32_t count) {
  const RecordCheck check(number);
  std::uint8_t sum = 0;
  for (std::size_t i = 0; i < kRecordBytes; ++i) {
    sum = static_cast<std::uint8_t>(sum + bytes[i]);
  }
  if (sum != overlay::kRecordSum) {
    check.refuse("its bytes add up to " + std::to_string(sum) + ", not " +
                 std::to_string(overlay::kRecordSum));
  }
  std::uint64_t words[kRecordBytes / 8];
  std::memcpy(words, bytes, kRecordBytes);
  const overlay::Record record = overlay::read_record(words);
  check.range("version", record.version, kVersion, kVersion);
  check.range("kind", record.kind, 0, overlay::kMaxPool);
  check.range("folds_log2", record.folds_log2, 0, overlay::kMostFoldsLog2);
  check.range("kernel_width", record.kernel_width, 1, kNoLimit);
  check.range("kernel_height", record.kernel_height, 1, kNoLimit);
  check.range("in_blocks", record.in_blocks, 1, kNoLimit);
  check.range("out_width", record.out_width, 1, kNoLimit);
  check.range("out_height", record.out_height, 1, kNoLimit);
  check.range("row_pixels", record.row_pixels, 1, kNoLimit);
  check.range("tiles", record.tiles, 1, kNoLimit);
  const std::int32_t last = number == count - 1 ? 1 : 0;
  check.range("last", record.last, last, last);
}

}  // namespace fabriq
