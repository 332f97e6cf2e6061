// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "network_program.hpp"
#include "resident.hpp"

namespace fabriq {

/// What fabriq_network_prepare was given, by name.
struct NetworkRequest {
  const std::uint8_t *program;
  std::int64_t program_bytes;
};

/// A program of network_i8 in device memory. A is images, C is results, a row for each chunk.
class ResidentNetwork : public Resident {
 public:
  /// Checks the program, allocates and transfers.
  ResidentNetwork(Device &device, const NetworkRequest &request);

  const RunKernel &kernel() const override { return run_kernel(kNetworkI8); }
  std::size_t row_bytes_a() const override { return sizes_.image_bytes; }
  std::size_t row_bytes_c() const override { return sizes_.result_bytes; }
  std::size_t device_bytes() const override { return device_bytes_; }
  void set_arguments(Run &run) const override;

 private:
  ProgramSizes sizes_;
  std::size_t device_bytes_;
  std::int32_t id_;
  std::unique_ptr<Buffer> program_;
};

}  // namespace fabriq
