// SPDX-License-Identifier: Apache-2.0
#include "small_matmul.hpp"

#include <cstring>

namespace emulator_test {
namespace {

constexpr int kM = 20;
constexpr int kK = 70;
constexpr int kN = 9;
constexpr std::size_t kPitchA = 128;
constexpr std::size_t kPitchB = 64;
constexpr std::uint64_t kAddressA = 0x10000;
constexpr std::uint64_t kAddressB = 0x20000;
constexpr std::uint64_t kAddressColumns = 0x30000;

std::int32_t a(int row, int k) { return (row * 37 + k * 11) % 256 - 128; }
std::int32_t b(int k, int column) { return (k * 29 - column * 53 + 512) % 256 - 128; }

template <typename T>
void put(std::string *bytes, std::size_t at, T value) {
  std::memcpy(&(*bytes)[at], &value, sizeof value);
}

}  // namespace

const char kMetadata[] = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- <kernel name="none"> -->
<project name="test"><platform><device><core>
<kernel name="matmul_f32f32" language="c">
<instance name="matmul_f32f32_1"><addrRemap base="0x1800000" range="0x10000"/></instance>
</kernel>
<kernel name='matmul_i8i8' language="c">
<arg name="a" id="0" size="0x8" offset="0x10"/>
<instance name="matmul_i8i8_1">
<addrRemap base="0x1810000" range="0x10000" port="S_AXI_CONTROL"/></instance>
</kernel></core></device></platform></project>
)";

std::vector<Operand> operands() {
  std::string matrix_a(kM * kPitchA, '\0');
  std::string matrix_b(kK * kPitchB, '\0');
  std::string columns(kN * 16, '\0');
  for (int k = 0; k < kK; ++k) {
    for (int row = 0; row < kM; ++row) {
      put(&matrix_a, static_cast<std::size_t>(row) * kPitchA + static_cast<std::size_t>(k),
          static_cast<std::int8_t>(a(row, k)));
    }
    for (int column = 0; column < kN; ++column) {
      put(&matrix_b, static_cast<std::size_t>(k) * kPitchB + static_cast<std::size_t>(column),
          static_cast<std::int8_t>(b(k, column)));
    }
  }
  for (int column = 0; column < kN; ++column) {
    put(&columns, static_cast<std::size_t>(column) * 16, column);
  }
  return {{kAddressA, matrix_a}, {kAddressB, matrix_b}, {kAddressColumns, columns}};
}

std::string expected_result() {
  std::string result(kResultBytes, '\0');
  for (int row = 0; row < kM; ++row) {
    for (int column = 0; column < kN; ++column) {
      std::int32_t sum = column;
      for (int k = 0; k < kK; ++k) {
        sum += a(row, k) * b(k, column);
      }
      put(&result, static_cast<std::size_t>(row) * 64 + static_cast<std::size_t>(column) * 4, sum);
    }
  }
  return result;
}

std::string registers(std::uint32_t control) {
  std::string map(0x84, '\0');
  put(&map, 0, control);
  put(&map, 0x10, kAddressA);
  put(&map, 0x1c, kAddressB);
  put(&map, 0x28, kAddressColumns);
  put(&map, 0x34, kResultAddress);
  put(&map, 0x40, kM);
  put(&map, 0x48, kK);
  put(&map, 0x50, kN);
  put(&map, 0x58, 2);
  put(&map, 0x68, -128);
  put(&map, 0x70, 127);
  put(&map, 0x78, 8);
  return map;
}

}  // namespace emulator_test
