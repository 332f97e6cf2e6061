// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calls of the C++ kernel, with programs, images and results in memory of their own.

#include <chrono>
#include <stdexcept>

#include "../../kernels/network_i8.hpp"
#include "network/config.hpp"
#include "network_calls.hpp"

namespace network {

class HostKernel : public NetworkCalls {
 public:
  Outcome call(const std::vector<std::uint8_t> &program, const Images &images, int result_words,
               std::uint32_t id, std::uint64_t) override {
    const std::vector<std::uint8_t> input = packed(images);
    std::vector<std::uint8_t> results = results_room(images, result_words);
    const std::size_t written = results.size();
    results.resize(written + room_, kUntouched);
    store(program, program_);
    store(input, images_);
    store(results, results_);
    const auto start = std::chrono::steady_clock::now();
    ::network_i8(program_.data(), images_.data(), results_.data(),
                 static_cast<std::uint32_t>(images.size()), id);
    duration_ = std::chrono::steady_clock::now() - start;
    std::memcpy(results.data(), results_.data(), results.size());
    const Outcome outcome = read_report(results);
    const std::size_t kept = refused(outcome) ? kReport : room_ == 0 ? written : results.size();
    for (std::size_t i = kept; i < results_.size() * sizeof(matmul::BusWord); ++i) {
      if (reinterpret_cast<const std::uint8_t *>(results_.data())[i] != kUntouched) {
        throw std::runtime_error("network_i8 wrote outside of its results");
      }
    }
    return outcome;
  }

  /// Of the last call.
  std::chrono::nanoseconds duration() const { return duration_; }

  void set_room(std::size_t bytes) override { room_ = bytes; }

  int weight_entries() const override { return overlay::kWeightEntries; }
  int tap_rows() const override { return overlay::kTapRows; }

 private:
  using Memory = std::vector<matmul::BusWord>;

  /// As it is, and room behind it. The address of a program stays as long as it grows no larger.
  void store(const std::vector<std::uint8_t> &bytes, Memory &memory) const {
    const std::size_t words =
        (bytes.size() + room_) / sizeof(matmul::BusWord) + 2 * kReport / sizeof(matmul::BusWord);
    memory.resize(words);
    std::memset(memory.data(), kUntouched, words * sizeof(matmul::BusWord));
    if (!bytes.empty()) {
      std::memcpy(memory.data(), bytes.data(), bytes.size());
    }
  }

  std::size_t room_ = 0;
  std::chrono::nanoseconds duration_{};
  Memory program_;
  Memory images_;
  Memory results_;
};

}  // namespace network
