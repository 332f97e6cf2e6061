// SPDX-License-Identifier: Apache-2.0
#include "resident.hpp"

namespace fabriq {
namespace {

/// Bounds an upload to a device that hangs.
constexpr std::chrono::seconds kUploadTime(60);

}  // namespace

std::unique_ptr<Buffer> upload(Device &device, const KernelDescriptor &kernel, int argument,
                               const MatrixRows &matrix, const std::uint8_t *dense) {
  const Clock::time_point deadline = Clock::now() + kUploadTime;
  auto buffer = device.allocate(kernel, argument, matrix.device_bytes(), deadline);
  matrix.pack(dense, buffer->host());
  buffer->to_device(matrix.device_bytes(), deadline);
  return buffer;
}

}  // namespace fabriq
