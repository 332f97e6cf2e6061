// SPDX-License-Identifier: Apache-2.0

// Programs that are wrong: each call ends, says why where that can be known, writes its results'
// place and nothing else, and leaves the kernel as it was. Programs that are held are not read
// again. And resets at any time of a call, after which the next one is right.

#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <string>

#include "comparison.hpp"
#include "networks.hpp"
#include "program_image.hpp"
#include "target_pkg.hpp"

namespace {

namespace target = network_i8::target;
using network::Case;
using network::NetworkKernel;
using network::Outcome;
using Bytes = std::vector<std::uint8_t>;

constexpr std::uint64_t kPatience = 20000000;

// As network_pkg.sv has them.
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

class Refusals {
 public:
  explicit Refusals(NetworkKernel &kernel) : kernel_(kernel), good_(network::small_cnn(), twice()) {
    kernel_.set_room(1 << 20);
  }

  int run(int flips, std::uint32_t seed) {
    headers();
    records();
    held(10);
    held(20);
    flipped(flips, seed);
    resets(flips, seed);
    std::cout << failed_ << " failed\n";
    return failed_;
  }

 private:
  static network::Runs twice() {
    network::Runs runs;
    runs.chunks = 2;
    return runs;
  }

  Outcome call(const Bytes &program, std::uint32_t id = 0) {
    return kernel_.call(program, good_.images(), good_.plan().result_words, id, kPatience);
  }

  void expect(const std::string &what, bool is) {
    if (!is) {
      std::cout << what << "\n";
      ++failed_;
    }
  }

  void still_right(const std::string &after) {
    expect(after + ": the next call is wrong", good_.run(kernel_) == 0);
  }

  /// A program with a 32-bit word of its header changed.
  Bytes with_word(std::size_t word, std::uint32_t value, bool sealed = true) const {
    Bytes program = good_.plan().program;
    std::memcpy(&program[4 * word], &value, 4);
    if (sealed) {
      network::seal_header(program.data());
    }
    return program;
  }

  void refused(const std::string &what, const Bytes &program, Error error,
               std::uint32_t record = 0) {
    const Outcome outcome = call(program);
    expect(what + ": error " + std::to_string(outcome.error) + " in record " +
               std::to_string(outcome.record) + ", not " + std::to_string(error) + " in " +
               std::to_string(record),
           outcome.error == error && outcome.record == record);
    still_right(what);
  }

  void headers() {
    refused("letters", with_word(0, 0x4e514147), kMagic);
    refused("version", with_word(1, 2), kVersion);
    refused("sum", with_word(14, 1, false), kSum);
    const struct {
      std::size_t word;
      std::uint32_t value;
    } sizes[] = {{2, 0},
                 {2, target::kRecords + 1},
                 {2, 0x10001},
                 {3, target::kFirstQuarterEntries + 1},
                 {3, 0xffffffff},
                 {4, target::kTapRows + 1},
                 {5, target::kColumnEntries + 1},
                 {6, target::kTables + 1},
                 {7, 0},
                 {7, 65536},
                 {8, target::kLines},
                 {9, target::kLines},
                 {10, target::kLines},
                 {11, 0},
                 {11, 256},
                 {12, 2},
                 {13, 0},
                 {13, 65536},
                 {14, 1}};
    for (const auto &size : sizes) {
      refused("word " + std::to_string(size.word) + " is " + std::to_string(size.value),
              with_word(size.word, size.value), kSizes);
    }
    const auto words = static_cast<std::uint32_t>(good_.plan().result_words);
    refused("too few results", with_word(13, words + 8), kResults, records_minus_one());
    refused("too many results", with_word(13, words - 1), kResults, records_minus_one());
    const auto pixels = static_cast<std::uint32_t>(good_.plan().image_words);
    refused("less of an image", with_word(7, pixels - 1), kNone);
  }

  std::uint32_t records_minus_one() const {
    return static_cast<std::uint32_t>(good_.plan().records - 1);
  }

  /// A program with a byte of a record changed.
  Bytes with_byte(std::size_t record, std::size_t byte, std::uint8_t flips, bool sealed) const {
    Bytes program = good_.plan().program;
    program[64 + 64 * record + byte] ^= flips;
    if (sealed) {
      network::seal_record(program, record);
    }
    return program;
  }

  void records() {
    constexpr std::uint8_t kLast = 1 << 1;        // of byte 1
    constexpr std::uint8_t kFreesImage = 1 << 2;  // of byte 1
    const std::size_t last = records_minus_one();
    refused("check byte", with_byte(1, 20, 1, false), kRecord, 1);
    refused("a record's version", with_byte(2, 62, 2, true), kRecord, 2);
    refused("a kind that is none", with_byte(0, 0, 3, true), kRecord, 0);
    refused("last too early", with_byte(1, 1, kLast, true), kCount, 1);
    refused("last is missing", with_byte(last, 1, kLast, true), kCount, records_minus_one());
    // The second image is never loaded, since the first one's place is freed for it twice.
    Bytes early = with_byte(3, 1, kFreesImage, true);
    refused("image freed twice", early, kImageGone, 0);
    early[64 + 64 * 4 + 1] ^= kFreesImage;
    network::seal_record(early, 4);
    refused("image freed three times", early, kImageGone, 0);
    const Outcome none =
        kernel_.call(good_.plan().program, {}, good_.plan().result_words, 0, kPatience);
    expect("no chunks: error " + std::to_string(none.error), none.error == kChunks);
    still_right("no chunks");
  }

  /// A call with the id of a program that is held does not read what is then no program. Two are
  /// held: one that is refused takes no other's place, a third one takes that of the one that is
  /// not used last.
  /// \param id and the next two: of none of them a program is held
  void held(std::uint32_t id) {
    const Bytes &program = good_.plan().program;
    const Bytes destroyed(program.size(), 0);
    const auto right = [&](const Bytes &given, std::uint32_t named) {
      const Outcome outcome = call(given, named);
      return outcome.error == kNone && good_.compare(outcome) == 0;
    };
    expect("a program with an id", right(program, id));
    expect("a held program is read again", right(destroyed, id));
    expect("a program with another id is not read", call(destroyed, id + 1).error == kMagic);
    expect("a program with id 0 is not read", call(destroyed, 0).error == kMagic);
    expect("a refused program takes the place of another", right(destroyed, id));
    expect("a second program", right(program, id + 1));
    expect("the first program is not held any more", right(destroyed, id));
    expect("the second program is not held any more", right(destroyed, id + 1));
    expect("a third program", right(program, id + 2));
    expect("the second program is not held beside it", right(destroyed, id + 1));
    expect("three programs are held", call(destroyed, id).error == kMagic);
  }

  void flipped(int number, std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int low, int high) {
      return static_cast<std::size_t>(std::uniform_int_distribution<int>(low, high)(random));
    };
    int refused = 0;
    for (int i = 0; i < number; ++i) {
      Bytes program = good_.plan().program;
      const std::size_t record = draw(-1, good_.plan().records - 1) + 1;  // 0: the header
      program[64 * record + draw(0, 61)] ^= static_cast<std::uint8_t>(1u << draw(0, 7));
      if (draw(0, 5) != 0) {
        record == 0 ? network::seal_header(program.data())
                    : network::seal_record(program, record - 1);
      }
      refused += call(program).error != kNone;
      still_right("flip " + std::to_string(i) + " of seed " + std::to_string(seed));
    }
    std::cout << number << " programs with a flipped bit (seed " << seed << "): " << refused
              << " ended with an error, the others without\n";
  }

  /// What a reset leaves must not be taken for the program that was being loaded, or is held.
  void resets(int number, std::uint32_t seed) {
    constexpr std::uint32_t kId = 4;
    constexpr int kLatest = 9000;
    std::mt19937 random(seed);
    for (int i = 0; i < number; ++i) {
      const int after = std::uniform_int_distribution<int>(0, kLatest)(random);
      kernel_.interrupt(good_.plan().program, good_.images(), good_.plan().result_words, kId,
                        after);
      expect("a reset after " + std::to_string(after) + " cycles",
             good_.compare(call(good_.plan().program, kId)) == 0);
    }
  }

  NetworkKernel &kernel_;
  Case good_;
  int failed_ = 0;
};

}  // namespace

int main(int argc, char **argv) {
  NetworkKernel kernel{rtl::MemoryTiming{}};
  const int flips = argc > 1 ? std::atoi(argv[1]) : 30;
  const auto seed = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  return Refusals(kernel).run(flips, seed) != 0;
}
