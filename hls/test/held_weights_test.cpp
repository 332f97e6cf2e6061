// SPDX-License-Identifier: Apache-2.0

// Weights that stay in the store from call to call: a kernel may keep them if and only if the id
// and all that tells weights apart are those of its last call. B is overwritten behind the kernel's
// back to see which it used.

#include "../kernels/matmul_f32f32.hpp"
#include "../kernels/matmul_f32i8.hpp"
#include "../kernels/matmul_i8i8.hpp"
#include "testbench.hpp"

namespace {

constexpr int kM = 3;

/// A of ones, B of one value, C's first element.
class Unit {
 public:
  enum Kernel { kF32F32, kF32I8, kI8I8 };

  explicit Unit(Kernel kernel) : kernel_(kernel) {}

  void write_b(int value, int k, int n, int bits = 8) {
    k_ = k;
    n_ = n;
    bits_ = kernel_ == kF32F32 ? 32 : bits;
    problems::Problem shape;
    shape.k = k;
    shape.n = n;
    shape.b_bits = bits;
    const auto size = static_cast<std::size_t>(k) * static_cast<std::size_t>(n);
    if (kernel_ == kF32F32) {
      memories_.b.fill(std::vector<float>(size, static_cast<float>(value)), k, n);
    } else {
      const std::vector<std::int8_t> codes(size, static_cast<std::int8_t>(value));
      memories_.b.fill_rows(problems::packed_b(shape, codes), k, problems::row_bytes_b(shape, 1));
    }
  }

  void write_bias(int value) {
    std::vector<std::uint32_t> words;
    for (int j = 0; j < n_; ++j) {
      const float bias = static_cast<float>(value);
      words.push_back(kernel_ == kI8I8 ? static_cast<std::uint32_t>(value)
                                       : problems::fp32_bits(bias));
      words.insert(words.end(), {problems::fp32_bits(1), 0, 0});
    }
    memories_.columns.fill(words, 1, 4 * n_);
  }

  /// Every element of C, which must all be the same.
  int run(std::uint32_t id) {
    const auto size = static_cast<std::size_t>(kM) * static_cast<std::size_t>(k_);
    memories_.c.reset(kM, static_cast<std::size_t>(n_) * 4);
    matmul::BusWord *const b = memories_.b.words();
    matmul::BusWord *const columns = memories_.columns.words();
    matmul::BusWord *const c = memories_.c.words();
    if (kernel_ == kI8I8) {
      memories_.a.fill(std::vector<std::int8_t>(size, 1), kM, k_);
      matmul_i8i8(memories_.a.words(), b, columns, c, kM, k_, n_, 2, 0, 0, 0, bits_, id);
    } else {
      memories_.a.fill(std::vector<float>(size, 1), kM, k_);
      kernel_ == kF32F32 ? matmul_f32f32(memories_.a.words(), b, columns, c, kM, k_, n_, id)
                         : matmul_f32i8(memories_.a.words(), b, columns, c, kM, k_, n_, bits_, id);
    }
    const int first = element(0, 0);
    for (int i = 0; i < kM; ++i) {
      for (int j = 0; j < n_; ++j) {
        if (element(i, j) != first) {
          return -1;
        }
      }
    }
    return first;
  }

 private:
  int element(int i, int j) {
    std::uint32_t word;
    std::memcpy(&word, memories_.c.row(i) + 4 * j, sizeof word);
    return kernel_ == kI8I8 ? static_cast<int>(word)
                            : static_cast<int>(matmul::bit_cast<float>(word));
  }

  Kernel kernel_;
  testbench::Memories memories_;
  int k_ = 0;
  int n_ = 0;
  int bits_ = 0;
};

int failures = 0;

void expect(int found, int expected, const char *what) {
  if (found != expected) {
    std::cout << what << ": C is " << found << ", expected " << expected << "\n";
    ++failures;
  }
}

void check(Unit::Kernel kernel) {
  Unit unit(kernel);
  unit.write_b(1, 70, 65);
  unit.write_bias(0);
  expect(unit.run(5), 70, "the first call");
  unit.write_b(2, 70, 65);
  expect(unit.run(5), 70, "the same id");
  unit.write_bias(1000);
  expect(unit.run(5), 70, "column parameters of the same id");
  expect(unit.run(6), 1140, "another id");
  unit.write_b(1, 70, 65);
  expect(unit.run(0), 1070, "no id");
  expect(unit.run(0), 1070, "no id again");
  expect(unit.run(6), 1070, "an id after a call without");
  unit.write_b(-2, 70, 64);
  expect(unit.run(6), 860, "another n");
  unit.write_b(1, 69, 64);
  expect(unit.run(6), 1069, "another k");
  if (kernel != Unit::kF32F32) {
    unit.write_b(-1, 69, 64, 4);
    expect(unit.run(6), 931, "another width");
    unit.write_b(1, 69, 64, 4);
    expect(unit.run(6), 931, "the same width");
    unit.write_b(1, 69, 64, 2);
    expect(unit.run(6), 1069, "yet another width");
  }
  // Too large for the store: B is read in every call.
  unit.write_b(1, 5000, 130);
  unit.write_bias(0);
  expect(unit.run(7), 5000, "a large B");
  unit.write_b(-1, 5000, 130);
  expect(unit.run(7), -5000, "a large B again");
}

}  // namespace

int main() {
  check(Unit::kF32F32);
  check(Unit::kF32I8);
  check(Unit::kI8I8);
  std::cout << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
