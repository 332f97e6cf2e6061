// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace fabriq {

/// A matrix in device memory: rows of `bytes` bytes that start at multiples of `pitch`.
struct MatrixRows {
  std::size_t rows;
  std::size_t bytes;
  std::size_t pitch;

  static MatrixRows with_pitch(std::size_t rows, std::size_t bytes, std::size_t granule) {
    return {rows, bytes, (bytes + granule - 1) / granule * granule};
  }

  std::size_t dense_bytes() const { return rows * bytes; }
  std::size_t device_bytes() const { return rows * pitch; }

  /// Dense host rows to device rows; the padding is left as it is.
  void pack(const std::uint8_t *dense, std::uint8_t *device) const;
  void unpack(const std::uint8_t *device, std::uint8_t *dense) const;
};

}  // namespace fabriq
