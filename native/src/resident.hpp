// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "matrix_rows.hpp"
#include "run_kernel.hpp"

namespace fabriq {

/// Data in device memory that any number of runs of a kernel use: weights, or a program. Immutable.
class Resident {
 public:
  virtual ~Resident() = default;

  virtual const RunKernel &kernel() const = 0;

  /// Bytes of a dense row of A and of C.
  virtual std::size_t row_bytes_a() const = 0;
  virtual std::size_t row_bytes_c() const = 0;

  /// What it takes on the device, without small parts and the rounding of buffers.
  virtual std::size_t device_bytes() const = 0;

  /// Sets every argument of a run that comes from it.
  virtual void set_arguments(Run &run) const = 0;
};

/// A new buffer for an argument, with a matrix in it. Throws FABRIQ_TIMEOUT if that takes a minute.
std::unique_ptr<Buffer> upload(Device &device, const KernelDescriptor &kernel, int argument,
                               const MatrixRows &matrix, const std::uint8_t *dense);

}  // namespace fabriq
