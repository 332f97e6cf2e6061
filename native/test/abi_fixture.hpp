// SPDX-License-Identifier: Apache-2.0
#pragma once

// Devices, weights and multiplications through the C ABI alone, with problems of the shared list.

#include <cstdlib>
#include <memory>

#include "../../hls/test/device_words.hpp"
#include "check.hpp"
#include "fabriq/fabriq.h"

namespace abi {

constexpr std::int64_t kTimeout = 60'000'000'000;

/// Fails the test unless a call succeeded.
inline void succeed(fabriq_status status) {
  if (status != FABRIQ_OK) {
    throw std::runtime_error("status " + std::to_string(status) + ": " + fabriq_last_error());
  }
}

/// The device of the environment variable FABRIQ_TEST_DEVICE, else the given one.
inline const char *test_device(const char *usual = "emulation") {
  const char *uri = std::getenv("FABRIQ_TEST_DEVICE");
  return uri == nullptr ? usual : uri;
}

class Device {
 public:
  explicit Device(const char *uri = test_device()) { succeed(fabriq_device_open(uri, &device_)); }
  ~Device() { fabriq_device_close(device_); }
  Device(const Device &) = delete;
  Device &operator=(const Device &) = delete;
  operator fabriq_device *() const { return device_; }

 private:
  fabriq_device *device_ = nullptr;
};

/// A problem for one kernel: operands, resident weights, expected and found results.
/// \tparam A element type of A
/// \tparam B element type of B
template <typename A, typename B>
class Multiplication {
 public:
  Multiplication(fabriq_device *device, const problems::Problem &problem)
      : problem_(problem),
        operands_(problems::draw_operands<A, B>(problem)),
        expected_(problems::reference(problem, operands_)) {
    const auto columns = problems::column_words(problem, operands_);
    const auto b = problems::packed_b(problem, operands_.b);
    const bool int8 = element_bytes() == 1;
    succeed(fabriq_weights_prepare(device, kernel(), problem.k, problem.n, b_bits(), bytes(b),
                                   size(b), bytes(columns), size(columns), output(),
                                   int8 ? problem.zero_c : 0, int8 ? problem.clamp_min : 0,
                                   int8 ? problem.clamp_max : 0, &weights_));
  }
  ~Multiplication() { release(); }
  Multiplication(const Multiplication &) = delete;
  Multiplication &operator=(const Multiplication &) = delete;

  void release() {
    fabriq_weights_release(weights_);
    weights_ = nullptr;
  }

  static int kernel() {
    return std::is_same<A, std::int8_t>::value   ? FABRIQ_MATMUL_I8I8
           : std::is_same<B, std::int8_t>::value ? FABRIQ_MATMUL_F32I8
                                                 : FABRIQ_MATMUL_F32F32;
  }

  fabriq_weights *weights() const { return weights_; }
  int m() const { return problem_.m; }
  const std::uint8_t *a() const { return bytes(operands_.a); }
  std::int64_t a_bytes() const { return size(operands_.a); }
  std::size_t c_bytes() const { return expected_.size() * element_bytes(); }

  fabriq_status multiply(std::vector<std::uint8_t> &c, std::int64_t timeout = kTimeout,
                         std::int64_t *timing = nullptr) const {
    return fabriq_multiply(weights_, m(), a(), a_bytes(), c.data(),
                           static_cast<std::int64_t>(c.size()), timeout, timing);
  }

  fabriq_status submit(fabriq_run **run, std::int64_t timeout = kTimeout) const {
    return fabriq_submit(weights_, m(), a(), a_bytes(), timeout, run);
  }

  static fabriq_status wait(fabriq_run *run, std::vector<std::uint8_t> &c,
                            std::int64_t timeout = kTimeout, std::int64_t *timing = nullptr) {
    return fabriq_run_wait(run, c.data(), static_cast<std::int64_t>(c.size()), timeout, timing);
  }

  void check(const std::vector<std::uint8_t> &c) const {
    for (std::size_t i = 0; i < expected_.size(); ++i) {
      std::uint32_t found = static_cast<std::uint32_t>(static_cast<std::int8_t>(c[i]));
      if (element_bytes() == 4) {
        std::memcpy(&found, c.data() + 4 * i, sizeof found);
      }
      const bool fp32 = kernel() != FABRIQ_MATMUL_I8I8;
      if (found != expected_[i] && !(fp32 && problems::same_fp32(found, expected_[i]))) {
        throw std::runtime_error(problem_.line + ": element " + std::to_string(i) + " is " +
                                 std::to_string(found) + ", expected " +
                                 std::to_string(expected_[i]) + " (as 32-bit words)");
      }
    }
  }

 private:
  template <typename T>
  static const std::uint8_t *bytes(const std::vector<T> &values) {
    return reinterpret_cast<const std::uint8_t *>(values.data());
  }
  template <typename T>
  static std::int64_t size(const std::vector<T> &values) {
    return static_cast<std::int64_t>(values.size() * sizeof(T));
  }

  int b_bits() const { return kernel() == FABRIQ_MATMUL_F32F32 ? 32 : problem_.b_bits; }
  int output() const {
    return kernel() != FABRIQ_MATMUL_I8I8 ? FABRIQ_OUTPUT_F32
           : problem_.raw                 ? FABRIQ_OUTPUT_I32
                                          : FABRIQ_OUTPUT_I8;
  }
  std::size_t element_bytes() const { return output() == FABRIQ_OUTPUT_I8 ? 1 : 4; }

  problems::Problem problem_;
  problems::Operands<A, B> operands_;
  std::vector<std::uint32_t> expected_;
  fabriq_weights *weights_ = nullptr;
};

using Int8Multiplication = Multiplication<std::int8_t, std::int8_t>;

/// Submits 20 runs and takes their results in another order.
inline void check_any_order(const Device &device) {
  std::vector<std::unique_ptr<Int8Multiplication>> all;
  std::vector<fabriq_run *> runs(20);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    all.push_back(std::make_unique<Int8Multiplication>(
        device, problems::parse_problem("9 65 17 random seed=" + std::to_string(i))));
    succeed(all[i]->submit(&runs[i]));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t other = i * 7 % runs.size();
    std::vector<std::uint8_t> c(all[other]->c_bytes(), 0xA5);
    succeed(Int8Multiplication::wait(runs[other], c));
    all[other]->check(c);
    succeed(fabriq_run_release(runs[other]));
  }
}

}  // namespace abi
