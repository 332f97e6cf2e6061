// SPDX-License-Identifier: Apache-2.0

// Codes of B in 4 and 2 bits: the bits of C are those of the same codes in 8, what they take on the
// device is a half and a quarter, and bits behind a row's last code have no effect.

#include "abi_fixture.hpp"

namespace {

using abi::succeed;
using problems::Problem;

/// Weights of one set of codes, in any width that holds them, without bias or requantization.
class Weights {
 public:
  Weights(fabriq_device *device, int kernel, const Problem &shape,
          const std::vector<std::int8_t> &codes, bool dirty = false) {
    std::vector<std::uint8_t> b = problems::packed_b(shape, codes);
    const int row = problems::row_bytes_b(shape, 1);
    const int unused = row * 8 - shape.n * shape.b_bits;
    for (int k = 1; dirty && k <= shape.k; ++k) {
      b[static_cast<std::size_t>(k * row - 1)] |= static_cast<std::uint8_t>(0xFF00 >> unused);
    }
    std::vector<std::uint32_t> columns;
    for (int j = 0; j < shape.n; ++j) {
      const bool fp32 = kernel == FABRIQ_MATMUL_F32I8;
      columns.insert(columns.end(), {fp32 ? problems::fp32_bits(-0.0f) : 0,
                                     fp32 ? problems::fp32_bits(1) : 0, 0, 0});
    }
    succeed(fabriq_weights_prepare(
        device, kernel, shape.k, shape.n, shape.b_bits, b.data(), std::int64_t(b.size()),
        reinterpret_cast<const std::uint8_t *>(columns.data()), 16 * shape.n,
        kernel == FABRIQ_MATMUL_F32I8 ? FABRIQ_OUTPUT_F32 : FABRIQ_OUTPUT_I32, 0, 0, 0, &weights_));
  }
  ~Weights() { fabriq_weights_release(weights_); }
  Weights(const Weights &) = delete;
  Weights &operator=(const Weights &) = delete;

  std::int64_t device_bytes() const {
    std::int64_t bytes = -1;
    succeed(fabriq_weights_device_bytes(weights_, &bytes));
    return bytes;
  }

  template <typename A>
  std::vector<std::uint32_t> multiply(const Problem &shape, const std::vector<A> &a) const {
    std::vector<std::uint32_t> c(static_cast<std::size_t>(shape.m) *
                                 static_cast<std::size_t>(shape.n));
    succeed(fabriq_multiply(weights_, shape.m, reinterpret_cast<const std::uint8_t *>(a.data()),
                            std::int64_t(a.size() * sizeof(A)),
                            reinterpret_cast<std::uint8_t *>(c.data()), std::int64_t(c.size() * 4),
                            abi::kTimeout, nullptr));
    return c;
  }

 private:
  fabriq_weights *weights_ = nullptr;
};

template <typename A>
void equals_eight_bits(fabriq_device *device, int kernel, const std::string &line) {
  const Problem packed = problems::parse_problem(line);
  Problem wide = packed;
  wide.b_bits = 8;
  const auto operands = problems::draw_operands<A, std::int8_t>(packed);
  const auto expected = Weights(device, kernel, wide, operands.b).multiply(wide, operands.a);
  CHECK(Weights(device, kernel, packed, operands.b).multiply(packed, operands.a) == expected);
  CHECK(Weights(device, kernel, packed, operands.b, true).multiply(packed, operands.a) == expected);
}

TEST(packed_codes_give_the_bits_of_eight) {
  const abi::Device device;
  for (const char *shape : {"1 1 1", "5 1 7", "3 9 33", "17 65 129", "4 300 511"}) {
    for (const char *data : {" random", " minimum", " alternating"}) {
      for (const char *bits : {" b_bits=4", " b_bits=2"}) {
        const std::string line = std::string(shape) + data + bits;
        equals_eight_bits<std::int8_t>(device, FABRIQ_MATMUL_I8I8, line);
        equals_eight_bits<float>(device, FABRIQ_MATMUL_F32I8, line);
      }
    }
  }
}

TEST(packed_weights_take_a_half_and_a_quarter_on_the_device) {
  const abi::Device device;
  Problem shape = problems::parse_problem("1 100 512 zeros");
  const std::vector<std::int8_t> codes(51200);
  for (const int kernel : {FABRIQ_MATMUL_F32I8, FABRIQ_MATMUL_I8I8}) {
    for (const auto &[bits, bytes] : {std::pair{8, 51200}, {4, 25600}, {2, 12800}}) {
      shape.b_bits = bits;
      CHECK_EQUAL(Weights(device, kernel, shape, codes).device_bytes(), bytes);
    }
  }
  shape = problems::parse_problem("1 3 257 zeros b_bits=2");
  const Weights odd(device, FABRIQ_MATMUL_I8I8, shape, std::vector<std::int8_t>(771));
  CHECK_EQUAL(odd.device_bytes(), 3 * 128);
}

}  // namespace

int main() { return check::run_tests(); }
