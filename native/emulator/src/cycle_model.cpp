// SPDX-License-Identifier: Apache-2.0
#include "cycle_model.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>

#include "matmul/config.hpp"

namespace emulator {
namespace {

constexpr std::uint64_t kLatency = 64;
constexpr std::uint64_t kBurstWords = 16;
constexpr std::uint64_t kRawOutput = 2;

struct Architecture {
  const char *kernel;
  std::uint64_t bytes_a;
  std::uint64_t bits_b;  // 0: as the argument `b_bits` says
  bool narrow_c;         // int8 unless the argument `output` asks for int32
  std::uint64_t rows;
  std::uint64_t columns;
  std::uint64_t groups;
};

template <typename Tile>
constexpr Architecture architecture(const char *kernel, std::uint64_t bytes_a, std::uint64_t bits_b,
                                    bool narrow_c) {
  return {kernel, bytes_a, bits_b, narrow_c, Tile::kRows, Tile::kColumns, Tile::kGroups};
}

constexpr Architecture kArchitectures[] = {
    architecture<matmul::Fp32Tile>("matmul_f32f32", 4, 32, false),
    architecture<matmul::Fp32Tile>("matmul_f32i8", 4, 0, false),
    architecture<matmul::Int8Tile>("matmul_i8i8", 1, 0, true)};

std::uint64_t divide_up(std::uint64_t value, std::uint64_t by) { return (value + by - 1) / by; }

std::uint64_t beats(std::uint64_t bytes) { return divide_up(bytes, matmul::kBusBytes); }

std::uint64_t argument(const fabriq::KernelDescriptor &kernel,
                       const std::vector<std::uint64_t> &arguments, const char *name) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (std::strcmp(kernel.arguments[i].name, name) == 0) {
      return arguments[i];
    }
  }
  throw std::runtime_error(std::string(kernel.name) + " has no argument " + name);
}

const Architecture &architecture_of(const fabriq::KernelDescriptor &kernel) {
  for (const Architecture &candidate : kArchitectures) {
    if (std::strcmp(candidate.kernel, kernel.name) == 0) {
      return candidate;
    }
  }
  throw std::runtime_error(std::string("no cycle model for the kernel ") + kernel.name);
}

}  // namespace

RunCycles matmul_cycles(const fabriq::KernelDescriptor &kernel,
                        const std::vector<std::uint64_t> &arguments) {
  const Architecture &array = architecture_of(kernel);
  const std::uint64_t m = argument(kernel, arguments, "m");
  const std::uint64_t k = argument(kernel, arguments, "k");
  const std::uint64_t n = argument(kernel, arguments, "n");
  const std::uint64_t bits_b =
      array.bits_b != 0 ? array.bits_b : argument(kernel, arguments, "b_bits");
  const bool bytes = array.narrow_c && argument(kernel, arguments, "output") != kRawOutput;

  const std::uint64_t tiles = divide_up(m, array.rows) * divide_up(n, array.columns);
  const std::uint64_t words_a = beats(k * array.bytes_a);
  const std::uint64_t load_a = array.rows * words_a;
  const std::uint64_t load_b = k * beats(divide_up(array.columns * bits_b, 8));
  const std::uint64_t multiply = array.groups * (k + 1);
  const std::uint64_t finish = array.rows * array.groups;
  const std::uint64_t store = array.rows * beats(array.columns * (bytes ? 1 : 4));
  const std::uint64_t tile = std::max({load_a, load_b, multiply, finish, store});
  const std::uint64_t fill = kLatency + array.rows * std::min(kBurstWords, words_a);

  RunCycles cycles = {};
  cycles[fabriq::kBusyCycles] = fill + tiles * tile + finish + store + kLatency;
  cycles[fabriq::kComputingCycles] = tiles * array.groups * k;
  cycles[fabriq::kStalledOnA] = fill;
  const fabriq::CycleCounter blame = tile == load_a   ? fabriq::kStalledOnA
                                     : tile == load_b ? fabriq::kStalledOnB
                                                      : fabriq::kStalledOnC;
  cycles[blame] += tiles * (tile - multiply);
  return cycles;
}

}  // namespace emulator
