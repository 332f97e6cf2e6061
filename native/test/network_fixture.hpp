// SPDX-License-Identifier: Apache-2.0
#pragma once

// Networks through the C ABI alone: programs of the planner with images and results.

#include "../../hls/test/network/planned_case.hpp"
#include "../../hls/test/network/program_bits.hpp"
#include "abi_fixture.hpp"

namespace abi {

using Bytes = std::vector<std::uint8_t>;

inline std::uint32_t word_of(const Bytes &bytes, std::size_t at) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

inline void put_word(Bytes &bytes, std::size_t at, std::uint32_t word) {
  std::memcpy(bytes.data() + at, &word, sizeof word);
}

/// A program, and what it must give for its images.
struct PlannedNetwork {
  std::string name;
  Bytes program;
  std::int32_t chunks;
  Bytes images;
  Bytes results;
};

inline Bytes dense(const network::Images &rows) {
  Bytes bytes;
  for (const auto &row : rows) {
    const auto *first = reinterpret_cast<const std::uint8_t *>(row.data());
    bytes.insert(bytes.end(), first, first + 8 * row.size());
  }
  return bytes;
}

/// All of the folder, by name.
inline const std::vector<PlannedNetwork> &planned_networks() {
  static const std::vector<PlannedNetwork> all = [] {
    std::vector<PlannedNetwork> found;
    for (const auto &file : network::cases_in(NETWORK_PLANNED_CASES)) {
      const network::PlannedCase each = network::read_case(file);
      found.push_back({file.stem().string(), each.program,
                       static_cast<std::int32_t>(each.images.size()), dense(each.images),
                       dense(each.results)});
    }
    return found;
  }();
  return all;
}

inline fabriq_status prepare(fabriq_device *device, const Bytes &program,
                             fabriq_network **network) {
  return fabriq_network_prepare(device, program.data(), static_cast<std::int64_t>(program.size()),
                                network);
}

/// A resident program with its images.
class Network {
 public:
  Network(fabriq_device *device, const PlannedNetwork &planned) : planned_(planned) {
    succeed(prepare(device, planned.program, &network_));
  }
  ~Network() { release(); }
  Network(const Network &) = delete;
  Network &operator=(const Network &) = delete;

  void release() {
    fabriq_network_release(network_);
    network_ = nullptr;
  }

  fabriq_network *handle() const { return network_; }

  /// A place for results that holds something else.
  Bytes results() const { return Bytes(planned_.results.size(), 0xA5); }

  fabriq_status run(Bytes &results, std::int64_t timeout = kTimeout,
                    std::int64_t *timing = nullptr) const {
    return fabriq_network_run(network_, planned_.chunks, planned_.images.data(),
                              static_cast<std::int64_t>(planned_.images.size()), results.data(),
                              static_cast<std::int64_t>(results.size()), timeout, timing);
  }

  fabriq_status submit(fabriq_run **run, std::int64_t timeout = kTimeout) const {
    return fabriq_network_submit(network_, planned_.chunks, planned_.images.data(),
                                 static_cast<std::int64_t>(planned_.images.size()), timeout, run);
  }

  static fabriq_status wait(fabriq_run *run, Bytes &results, std::int64_t timeout = kTimeout) {
    return fabriq_run_wait(run, results.data(), static_cast<std::int64_t>(results.size()), timeout,
                           nullptr);
  }

  void check(const Bytes &results) const {
    for (std::size_t i = 0; i < results.size(); ++i) {
      if (results[i] != planned_.results[i]) {
        throw std::runtime_error(planned_.name + ": byte " + std::to_string(i) + " is " +
                                 std::to_string(results[i]) + ", expected " +
                                 std::to_string(planned_.results[i]));
      }
    }
  }

  void check_run() const {
    Bytes found = results();
    succeed(run(found));
    check(found);
  }

 private:
  const PlannedNetwork &planned_;
  fabriq_network *network_ = nullptr;
};

}  // namespace abi
