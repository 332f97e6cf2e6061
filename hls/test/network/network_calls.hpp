// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "call_data.hpp"

namespace network {

/// Something that runs programs of network_i8.
class NetworkCalls {
 public:
  NetworkCalls() = default;
  NetworkCalls(const NetworkCalls &) = delete;
  NetworkCalls &operator=(const NetworkCalls &) = delete;
  virtual ~NetworkCalls() = default;

  /// Runs a program once for each of `images`. Throws if it does not end in `patience` cycles,
  /// where these are counted, or writes outside its results. \param id 0, or that of a program
  /// which may be held
  virtual Outcome call(const std::vector<std::uint8_t> &program, const Images &images,
                       int result_words, std::uint32_t id, std::uint64_t patience) = 0;

  /// From now on there is so much memory behind program, images and results, which wrong programs
  /// may use.
  virtual void set_room(std::size_t bytes) = 0;

  /// Entries of weights, and rows of taps, that a program may have.
  virtual int weight_entries() const = 0;
  virtual int tap_rows() const = 0;
};

}  // namespace network
