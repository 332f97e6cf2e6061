// SPDX-License-Identifier: Apache-2.0
#include "matrix_rows.hpp"

#include <cstring>

namespace fabriq {
namespace {

void copy_rows(const MatrixRows &matrix, const std::uint8_t *from, std::size_t from_pitch,
               std::uint8_t *to, std::size_t to_pitch) {
  if (from_pitch == to_pitch) {
    std::memcpy(to, from, matrix.dense_bytes());
    return;
  }
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    std::memcpy(to + row * to_pitch, from + row * from_pitch, matrix.bytes);
  }
}

}  // namespace

void MatrixRows::pack(const std::uint8_t *dense, std::uint8_t *device) const {
  copy_rows(*this, dense, bytes, device, pitch);
}

void MatrixRows::unpack(const std::uint8_t *device, std::uint8_t *dense) const {
  copy_rows(*this, device, pitch, dense, bytes);
}

}  // namespace fabriq
