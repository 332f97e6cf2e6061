// SPDX-License-Identifier: Apache-2.0

// The edges of flushing, one by one: subnormal inputs, products, sums and epilogues of both fp32
// kernels, tininess after rounding, signs of zero, and that the caller's own arithmetic is left as
// it was.

#include "../kernels/matmul_f32f32.hpp"
#include "../kernels/matmul_f32i8.hpp"
#include "testbench.hpp"

namespace {

/// significand * 2^exponent
float number(int significand, int exponent) {
  return std::ldexp(static_cast<float>(significand), exponent);
}

struct Case {
  const char *name;
  float a[2];
  float b[2];
  float bias;
  float expected;
};

/// C of a 1 x 2 x 1 multiplication.
float run_f32f32(const Case &test) {
  testbench::Memories memories;
  memories.a.fill(std::vector<float>(test.a, test.a + 2), 1, 2);
  memories.b.fill(std::vector<float>(test.b, test.b + 2), 2, 1);
  memories.columns.fill(std::vector<float>{test.bias, 0, 0, 0}, 1, 4);
  memories.c.reset(1, sizeof(float));
  matmul_f32f32(memories.a.words(), memories.b.words(), memories.columns.words(),
                memories.c.words(), 1, 2, 1, 0);
  float c;
  std::memcpy(&c, memories.c.row(0), sizeof c);
  return c;
}

/// a * 1 * scale + bias
float run_f32i8(float a, float scale, float bias) {
  testbench::Memories memories;
  memories.a.fill(std::vector<float>{a}, 1, 1);
  memories.b.fill(std::vector<std::int8_t>{1}, 1, 1);
  memories.columns.fill(std::vector<float>{bias, scale, 0, 0}, 1, 4);
  memories.c.reset(1, sizeof(float));
  matmul_f32i8(memories.a.words(), memories.b.words(), memories.columns.words(), memories.c.words(),
               1, 1, 1, 8, 0);
  float c;
  std::memcpy(&c, memories.c.row(0), sizeof c);
  return c;
}

int failures = 0;

void expect(const char *name, float found, float expected) {
  if (problems::fp32_bits(found) != problems::fp32_bits(expected)) {
    std::cout << name << " is 0x" << std::hex << problems::fp32_bits(found) << ", expected 0x"
              << problems::fp32_bits(expected) << std::dec << "\n";
    ++failures;
  }
}

}  // namespace

int main() {
  const float least = number(1, -126);
  const float subnormal = number(0x7FFFFF, -149);
  const float large = number(1, 100);
  const float none = -0.0f;
  const Case cases[] = {
      {"subnormal a", {subnormal, 0}, {large, 0}, none, 0.0f},
      {"subnormal b", {large, 0}, {-subnormal, 0}, none, 0.0f},
      {"subnormal product", {number(1, -63), 0}, {number(1, -64), 0}, none, 0.0f},
      {"product rounded up to the least normal",
       {number(0x800001, -86), 0},
       {number(0x7FFFFF, -86), 0},
       none,
       least},
      {"product half-way below the least normal",
       {number(31, -60), 0},
       {number(1082401, -91), 0},
       none,
       least},
      {"its negative", {number(-31, -60), 0}, {number(1082401, -91), 0}, none, -least},
      {"product one step below", {number(0xFFFFFF, -87), 0}, {number(1, -63), 0}, none, 0.0f},
      {"subnormal sum", {number(3, -127), -least}, {1, 1}, none, 0.0f},
      {"flushed before the bias", {number(3, -127), -least}, {1, 1}, least, least},
      {"subnormal bias", {1, 0}, {-1, 0}, subnormal, -1.0f},
      {"subnormal result of the bias", {number(3, -127), 0}, {1, 0}, -least, 0.0f},
      {"negative subnormal result of the bias", {number(-3, -127), 0}, {1, 0}, least, -0.0f},
      {"no bias on a zero", {0, 0}, {1, 1}, none, 0.0f},
      {"never fused",
       {number(0x800001, -23), -1},
       {number(0x800001, -23), number(0x800002, -23)},
       none,
       0.0f},
  };
  for (const Case &test : cases) {
    expect(test.name, run_f32f32(test), test.expected);
  }
  expect("subnormal scale", run_f32i8(large, subnormal, none), 0.0f);
  expect("subnormal scaled sum", run_f32i8(number(-1, -63), number(1, -64), none), -0.0f);
  expect("scaled sum rounded up", run_f32i8(number(31, -60), number(1082401, -91), none), least);
  expect("subnormal end", run_f32i8(number(3, -127), 1, -least), 0.0f);

  volatile float tiny = least;
  tiny = tiny / 4;
  expect("the caller's own quotient", tiny, number(1, -128));
  std::cout << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
