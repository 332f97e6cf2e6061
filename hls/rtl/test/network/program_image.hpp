// SPDX-License-Identifier: Apache-2.0
#pragma once

// The image of a program as docs/overlay.md states it, put together from its sections.

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "program_bits.hpp"
#include "record_pkg.hpp"

namespace network {

using network_i8_record::Record;

/// What the header says of the image and the result.
struct Header {
  int image_words = 0;
  int base0 = 0;
  int base1 = 0;
  int pitch = 0;
  int blocks = 0;
  bool twice = false;
  int result_words = 0;
};

/// Words of a section, which grows where it is written.
class Section {
 public:
  /// \param entry 64-bit words of an entry
  explicit Section(std::size_t entry) : entry_(entry) {}

  std::uint64_t &at(int word) {
    const auto place = static_cast<std::size_t>(word);
    if (place >= words_.size()) {
      words_.resize((place / entry_ + 1) * entry_);
    }
    return words_[place];
  }

  std::uint32_t entries() const { return static_cast<std::uint32_t>(words_.size() / entry_); }
  const std::vector<std::uint64_t> &words() const { return words_; }

 private:
  std::size_t entry_;
  std::vector<std::uint64_t> words_;
};

struct Sections {
  std::vector<Record> records;
  Section weights{64};
  Section taps{8};
  Section columns{16};
  Section tables{32};

  std::vector<std::uint8_t> bytes(const Header &header) const {
    const auto number = [](int value) { return static_cast<std::uint32_t>(value); };
    const std::array<std::uint32_t, 16> words{0x4e514146,
                                              1,
                                              static_cast<std::uint32_t>(records.size()),
                                              weights.entries(),
                                              taps.entries(),
                                              columns.entries(),
                                              tables.entries(),
                                              number(header.image_words),
                                              number(header.base0),
                                              number(header.base1),
                                              number(header.pitch),
                                              number(header.blocks),
                                              number(header.twice),
                                              number(header.result_words),
                                              0,
                                              0};
    std::vector<std::uint8_t> image(64);
    std::memcpy(image.data(), words.data(), 64);
    seal_header(image.data());
    for (const Record &record : records) {
      const auto bytes = record.bytes();
      image.insert(image.end(), bytes.begin(), bytes.end());
    }
    for (const Section *section : {&weights, &taps, &columns, &tables}) {
      const auto *first = reinterpret_cast<const std::uint8_t *>(section->words().data());
      image.insert(image.end(), first, first + 8 * section->words().size());
    }
    return image;
  }
};

}  // namespace network
