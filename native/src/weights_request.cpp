// SPDX-License-Identifier: Apache-2.0
#include "weights_request.hpp"

#include <cstring>

#include "error.hpp"

namespace fabriq {
namespace {

constexpr int kGreatestShift = 62;

/// \param column that the value belongs to, or -1
void check_range(const char *name, std::int64_t value, std::int64_t least, std::int64_t greatest,
                 std::int32_t column = -1) {
  if (value < least || value > greatest) {
    const std::string of = column < 0 ? "" : " of column " + std::to_string(column);
    throw Error(FABRIQ_INVALID_ARGUMENT, name + of + " is " + std::to_string(value) + "; give " +
                                             std::to_string(least) + " to " +
                                             std::to_string(greatest));
  }
}

void check_output(const WeightsRequest &request) {
  const bool integer = request.kernel == FABRIQ_MATMUL_I8I8;
  check_range("output", request.output, integer ? FABRIQ_OUTPUT_I8 : FABRIQ_OUTPUT_F32,
              integer ? FABRIQ_OUTPUT_I32 : FABRIQ_OUTPUT_F32);
  const bool int8 = request.output == FABRIQ_OUTPUT_I8;
  check_range("zero_c", request.zero_c, int8 ? -128 : 0, int8 ? 127 : 0);
  check_range("clamp_min", request.clamp_min, int8 ? -128 : 0, int8 ? request.clamp_max : 0);
  check_range("clamp_max", request.clamp_max, int8 ? -128 : 0, int8 ? 127 : 0);
}

void check_width(const MatmulKernel &kernel, std::int32_t bits) {
  const bool known = kernel.codes ? bits == 8 || bits == 4 || bits == 2 : bits == 32;
  if (!known) {
    throw Error(FABRIQ_INVALID_ARGUMENT, "b_bits is " + std::to_string(bits) + " for " +
                                             kernel.run->descriptor->name + "; give " +
                                             (kernel.codes ? "8, 4 or 2" : "32"));
  }
}

void check_columns(const WeightsRequest &request) {
  const bool has_zero = request.kernel != FABRIQ_MATMUL_F32F32;
  for (std::int32_t column = 0; column < request.n; ++column) {
    std::uint32_t words[FABRIQ_COLUMN_WORDS];
    std::memcpy(words, request.columns + static_cast<std::size_t>(column) * kColumnBytes,
                kColumnBytes);
    check_range("zero point (word 2)", static_cast<std::int32_t>(words[2]), has_zero ? -128 : 0,
                has_zero ? 127 : 0, column);
    check_range("word 3", words[3], 0, 0, column);
    if (request.output == FABRIQ_OUTPUT_I8) {
      check_range("requantization shift (word 1)", words[1] >> 24, 0, kGreatestShift, column);
    }
  }
}

}  // namespace

void check_weights(const MatmulKernel &kernel, const WeightsRequest &request) {
  check_dimension(*kernel.run, kernel.k, request.k);
  check_dimension(*kernel.run, kernel.n, request.n);
  check_width(kernel, request.b_bits);
  const auto k = static_cast<std::size_t>(request.k);
  const auto n = static_cast<std::size_t>(request.n);
  check_memory(*kernel.run, kernel.b, request.b, request.b_bytes, k * row_bytes_b(request));
  check_memory(*kernel.run, kernel.columns, request.columns, request.columns_bytes,
               n * kColumnBytes);
  check_output(request);
  check_columns(request);
}

}  // namespace fabriq
