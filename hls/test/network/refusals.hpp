// SPDX-License-Identifier: Apache-2.0
#pragma once

// Programs that are wrong: each call ends, says why where that can be known, writes its results'
// place and nothing else, and leaves the kernel as it was. Programs that are held are not read
// again.

#include <string>

#include "comparison.hpp"

namespace network {

class Refusals {
 public:
  using Bytes = std::vector<std::uint8_t>;

  /// \param kernel gets much memory behind its arguments
  explicit Refusals(NetworkCalls &kernel);

  /// Headers with wrong numbers.
  void headers();

  /// Records with wrong bytes, and images that are freed too often.
  void records();

  /// Layers that take as long as they may, and longer.
  void cycles();

  /// The second call with an id does not read what is then no program; a refused one is not held,
  /// and takes no place.
  void held();

  /// So many programs with a bit flipped, most of them with the sums made right again.
  void flipped(int number, std::uint32_t seed);

  int failed() const { return failed_; }

 protected:
  void expect(const std::string &what, bool is);

  /// A program that is right, for two images.
  const Case &good() const { return good_; }

  Outcome call(const Bytes &program, std::uint32_t id = 0);

 private:
  void still_right(const std::string &after);
  Bytes with_word(std::size_t word, std::uint32_t value, bool sealed = true) const;
  Bytes with_byte(std::size_t record, std::size_t byte, std::uint8_t flips, bool sealed) const;
  void refused(const std::string &what, const Bytes &program, std::uint32_t error,
               std::uint32_t record = 0);
  std::uint32_t last_record() const { return static_cast<std::uint32_t>(good_.plan().records - 1); }

  NetworkCalls &kernel_;
  Case good_;
  int failed_ = 0;
};

}  // namespace network
