// SPDX-License-Identifier: Apache-2.0
#include "resident_weights.hpp"

#include "resident_id.hpp"
#include "weights_request.hpp"

namespace fabriq {

ResidentWeights::ResidentWeights(Device &device, const WeightsRequest &request)
    : kernel_(matmul_kernel(request.kernel)),
      k_(request.k),
      n_(request.n),
      b_bits_(request.b_bits),
      output_(request.output),
      zero_c_(request.zero_c),
      clamp_min_(request.clamp_min),
      clamp_max_(request.clamp_max),
      id_(static_cast<std::int32_t>(next_resident_id())) {
  check_weights(kernel_, request);
  const KernelDescriptor &kernel = *kernel_.run->descriptor;
  const auto k = static_cast<std::size_t>(k_);
  const auto n = static_cast<std::size_t>(n_);
  const auto b = MatrixRows::with_pitch(k, row_bytes_b(request), kernel.row_pitch);
  const auto columns = MatrixRows::with_pitch(1, n * kColumnBytes, kernel.row_pitch);
  device_bytes_b_ = b.device_bytes();
  b_ = upload(device, kernel, kernel_.b, b, request.b);
  columns_ = upload(device, kernel, kernel_.columns, columns, request.columns);
}

std::size_t ResidentWeights::row_bytes_c() const {
  return static_cast<std::size_t>(n_) * (output_ == FABRIQ_OUTPUT_I8 ? 1 : 4);
}

void ResidentWeights::set_arguments(Run &run) const {
  run.set(kernel_.b, *b_);
  run.set(kernel_.columns, *columns_);
  run.set(kernel_.k, k_);
  run.set(kernel_.n, n_);
  run.set(kernel_.weights_id, id_);
  if (kernel_.b_bits >= 0) {
    run.set(kernel_.b_bits, b_bits_);
  }
  if (kernel_.output >= 0) {
    run.set(kernel_.output, output_);
    run.set(kernel_.zero_c, zero_c_);
    run.set(kernel_.clamp_min, clamp_min_);
    run.set(kernel_.clamp_max, clamp_max_);
  }
}

}  // namespace fabriq
