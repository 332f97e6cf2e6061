// SPDX-License-Identifier: Apache-2.0
#include "refusals.hpp"

#include <iostream>
#include <random>

#include "networks.hpp"
#include "program_image.hpp"

namespace network {
namespace {

constexpr std::uint64_t kPatience = 20000000;

// Statuses, as docs/overlay.md has them.
enum Error : std::uint32_t {
  kNone,
  kMagic,
  kVersion,
  kSum,
  kSizes,
  kRecord,
  kCount,
  kTooLong,
  kImageGone,
  kResults,
  kChunks
};

using Bytes = Refusals::Bytes;

Runs twice() {
  Runs runs;
  runs.chunks = 2;
  return runs;
}

/// A program of one layer that gives no results: rows of the array of `beats` beats, `tiles` x
/// `height` x `width` of them.
Bytes one_layer(int beats, int tiles, int height, int width) {
  Record r;
  r.version = 1;
  r.last = 1;
  r.kernel_width = beats;
  r.kernel_height = r.in_blocks = r.row_pixels = r.in_width = r.in_height = 1;
  r.tiles = tiles;
  r.out_height = height;
  r.out_width = width;
  r.out_blocks = r.tile_blocks = 1;
  Sections sections;
  sections.records.push_back(r);
  Header header;
  header.image_words = header.blocks = header.result_words = 1;
  return sections.bytes(header);
}

}  // namespace

Refusals::Refusals(NetworkCalls &kernel) : kernel_(kernel), good_(small_cnn(), twice()) {
  kernel_.set_room(1 << 20);
}

Outcome Refusals::call(const Bytes &program, std::uint32_t id) {
  return kernel_.call(program, good_.images(), good_.plan().result_words, id, kPatience);
}

void Refusals::expect(const std::string &what, bool is) {
  if (!is) {
    std::cout << what << "\n";
    ++failed_;
  }
}

void Refusals::still_right(const std::string &after) {
  expect(after + ": the next call is wrong", good_.run(kernel_) == 0);
}

/// A program with a 32-bit word of its header changed.
Bytes Refusals::with_word(std::size_t word, std::uint32_t value, bool sealed) const {
  Bytes program = good_.plan().program;
  std::memcpy(&program[4 * word], &value, 4);
  if (sealed) {
    seal_header(program.data());
  }
  return program;
}

void Refusals::refused(const std::string &what, const Bytes &program, std::uint32_t error,
                       std::uint32_t record) {
  const Outcome outcome = call(program);
  expect(what + ": error " + std::to_string(outcome.error) + " in record " +
             std::to_string(outcome.record) + ", not " + std::to_string(error) + " in " +
             std::to_string(record),
         outcome.error == error && outcome.record == record);
  still_right(what);
}

void Refusals::headers() {
  refused("letters", with_word(0, 0x4e514147), kMagic);
  refused("version", with_word(1, 2), kVersion);
  refused("sum", with_word(14, 1, false), kSum);
  const struct {
    std::size_t word;
    std::uint32_t value;
  } sizes[] = {{2, 0},          {2, 65},
               {2, 0x10001},    {3, static_cast<std::uint32_t>(kernel_.weight_entries()) + 1},
               {3, 0xffffffff}, {4, static_cast<std::uint32_t>(kernel_.tap_rows()) + 1},
               {5, 513},        {6, 9},
               {7, 0},          {7, 65536},
               {8, 1024},       {9, 1024},
               {10, 1024},      {11, 0},
               {11, 256},       {12, 2},
               {13, 0},         {13, 65536},
               {14, 1}};
  for (const auto &size : sizes) {
    refused("word " + std::to_string(size.word) + " is " + std::to_string(size.value),
            with_word(size.word, size.value), kSizes);
  }
  const auto words = static_cast<std::uint32_t>(good_.plan().result_words);
  refused("too few results", with_word(13, words + 8), kResults, last_record());
  refused("too many results", with_word(13, words - 1), kResults, last_record());
  const auto pixels = static_cast<std::uint32_t>(good_.plan().image_words);
  refused("less of an image", with_word(7, pixels - 1), kNone);
  refused("more of an image than the layers need", with_word(7, pixels + 4096), kNone);
}

/// A program with a byte of a record changed.
Bytes Refusals::with_byte(std::size_t record, std::size_t byte, std::uint8_t flips,
                          bool sealed) const {
  Bytes program = good_.plan().program;
  flip(program, record + 1, byte, flips, sealed);
  return program;
}

void Refusals::records() {
  constexpr std::uint8_t kLast = 1 << 1;        // of byte 1
  constexpr std::uint8_t kFreesImage = 1 << 2;  // of byte 1
  const std::size_t last = last_record();
  refused("check byte", with_byte(1, 20, 1, false), kRecord, 1);
  refused("a record's version", with_byte(2, 62, 2, true), kRecord, 2);
  refused("a kind that is none", with_byte(0, 0, 3, true), kRecord, 0);
  refused("last too early", with_byte(1, 1, kLast, true), kCount, 1);
  refused("last is missing", with_byte(last, 1, kLast, true), kCount, last_record());
  // The second image is never loaded, since the first one's place is freed for it twice.
  Bytes early = with_byte(3, 1, kFreesImage, true);
  refused("image freed twice", early, kImageGone, 0);
  flip(early, 4 + 1, 1, kFreesImage, true);
  refused("image freed three times", early, kImageGone, 0);
  const Outcome none =
      kernel_.call(good_.plan().program, {}, good_.plan().result_words, 0, kPatience);
  expect("no chunks: error " + std::to_string(none.error), none.error == kChunks);
  still_right("no chunks");
}

void Refusals::cycles() {
  // The last beats of two rows are at least 4 cycles apart.
  refused("2^20 cycles", one_layer(4, 64, 64, 64), kResults);
  refused("2^20 + 1 cycles", one_layer(1, 65, 37, 109), kTooLong);
  refused("cycles of every beat", one_layer(63, 255, 8191, 8191), kTooLong);
}

void Refusals::held() {
  constexpr std::uint32_t kId = 3;
  expect("a program with an id", good_.compare(call(good_.plan().program, kId)) == 0);
  const Bytes destroyed(good_.plan().program.size(), 0);
  const Outcome again = call(destroyed, kId);
  expect("a held program is read again", again.error == kNone && good_.compare(again) == 0);
  expect("a program with another id is not read", call(destroyed, kId + 1).error == kMagic);
  const Outcome after = call(destroyed, kId);
  expect("a refused program takes the place of the one that is held",
         after.error == kNone && good_.compare(after) == 0);
  expect("a program with id 0 is not read", call(destroyed, 0).error == kMagic);
}

void Refusals::flipped(int number, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto draw = [&](int low, int high) {
    return static_cast<std::size_t>(std::uniform_int_distribution<int>(low, high)(random));
  };
  int refused = 0;
  for (int i = 0; i < number; ++i) {
    Bytes program = good_.plan().program;
    const std::size_t part = draw(0, good_.plan().records);
    const std::size_t byte = draw(0, 61);
    const auto bit = static_cast<std::uint8_t>(1u << draw(0, 7));
    flip(program, part, byte, bit, draw(0, 5) != 0);
    refused += call(program).error != kNone;
    still_right("flip " + std::to_string(i) + " of seed " + std::to_string(seed));
  }
  std::cout << number << " programs with a flipped bit (seed " << seed << "): " << refused
            << " ended with an error, the others without\n";
}

}  // namespace network
