// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/fabriq.h"
#include "matmul_kernel.hpp"
#include "resident.hpp"

namespace fabriq {

/// What fabriq_weights_prepare was given, by name.
struct WeightsRequest {
  std::int32_t kernel;
  std::int32_t k;
  std::int32_t n;
  std::int32_t b_bits;
  const std::uint8_t *b;
  std::int64_t b_bytes;
  const std::uint8_t *columns;
  std::int64_t columns_bytes;
  std::int32_t output;
  std::int32_t zero_c;
  std::int32_t clamp_min;
  std::int32_t clamp_max;
};

/// B and its column parameters in device memory. Immutable.
class ResidentWeights : public Resident {
 public:
  /// Checks the request, allocates and transfers.
  ResidentWeights(Device &device, const WeightsRequest &request);

  const RunKernel &kernel() const override { return *kernel_.run; }
  std::size_t row_bytes_a() const override {
    return static_cast<std::size_t>(k_) * kernel_.a_element;
  }
  std::size_t row_bytes_c() const override;

  /// Those of B.
  std::size_t device_bytes() const override { return device_bytes_b_; }

  /// B, columns, its width, K, N, the epilogue's and the id.
  void set_arguments(Run &run) const override;

 private:
  const MatmulKernel &kernel_;
  std::int32_t k_;
  std::int32_t n_;
  std::int32_t b_bits_;
  std::int32_t output_;
  std::int32_t zero_c_;
  std::int32_t clamp_min_;
  std::int32_t clamp_max_;
  std::int32_t id_;
  std::size_t device_bytes_b_;
  std::unique_ptr<Buffer> b_;
  std::unique_ptr<Buffer> columns_;
};

}  // namespace fabriq
