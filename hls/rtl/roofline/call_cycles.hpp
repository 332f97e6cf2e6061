// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a call of an RTL kernel takes in clock cycles, by formula, where each port moves a beat per
// cycle and a read takes 30 cycles. A call is a row of steps; in each the array works, the next
// step's B enters the store, and C leaves, all at once:
//
//   loaded(i) = max(loaded(i - 1), end(i - 2)) + rows of B * units of a row + Latency
//   start(i)  = max(end(i - 1), loaded(i) - compute of its first tile, which follows B in)
//   stored(i) = max(stored(i - 1), start(i) + compute of its first tile) + C(i)
//   end(i)    = max(start(i) + compute(i), stored(i) - C of a tile)
//
// with the first operands' way before the first start and the last tile's way out after the last
// end; B that is resident is loaded at 0. Column parameters are loaded beside B; those of fp32 must
// be there before the array starts.
//
// matmul_i8i8: a step is a tile of Columns columns of C and, where K is more than half the store,
// a block of PartialRows rows and half a store of K. A tile is a row.
//   compute = rows * max(ceil(K / Lanes), Columns / Drain)     Lanes = DataWidth / 8
//   unit    = Lanes columns;  C = rows * ceil(bytes of a row / Lanes), with the last K
//
// matmul_f32f32, matmul_f32i8: a step is a panel of 8 * Columns columns and, where K is more than
// the store, 4 * Rows rows and half a store of K. A tile has Rows rows.
//   compute = tiles * 8 * max(K, Rows)      unit = DataWidth / 32 columns (fp32), or
//   C       = tiles * Rows * ceil(columns / (DataWidth / 32))      min(DataWidth / 8, Columns)
//   A comes in blocks of 16 words of each row, into two buffers: a short last block leaves little
//   time for the next one, and the array waits for Rows * words + Fill - 8 * k of the block before.
//   Of the next panel only what the store has room for is loaded meanwhile, and the rest after it.

#include <cstdint>
#include <vector>

#include "configuration.hpp"

namespace roofline {

struct Shape {
  std::int64_t m;
  std::int64_t k;
  std::int64_t n;

  std::int64_t products() const { return m * k * n; }
};

enum class Kernel { kF32F32, kF32I8, kI8I8 };

const char *name_of(Kernel kernel);

/// A formula for one kernel in one configuration. Outputs of matmul_i8i8 are int8.
class CallCycles {
 public:
  CallCycles(Kernel kernel, const Configuration &configuration);

  /// Products per cycle that the array can do.
  std::int64_t array() const { return array_; }

  /// Bits of each port.
  std::int64_t port_bits() const { return port_bits_; }

  /// Bytes of A, B, column parameters and C that a call moves, B included.
  std::int64_t bytes(const Shape &shape) const;

  /// Whether all of B stays in the store, for further calls.
  bool keeps(const Shape &shape) const;

  /// From start to end, alone. \param resident B is in the store; only where keeps()
  std::int64_t cycles(const Shape &shape, bool resident) const;

 private:
  struct Step {
    std::int64_t compute;
    std::int64_t first;  // of compute: the first tile's
    std::int64_t load;   // of B, while the step before is computed
    std::int64_t late;   // of B, thereafter
    std::int64_t store;  // of C
  };

  std::vector<Step> steps(const Shape &shape) const;
  /// Of the column parameters of a tile.
  std::int64_t column_load(std::int64_t columns) const;
  /// Of C (fp32).
  std::int64_t tile_store(std::int64_t columns) const;
  /// Of a tile (fp32) with its waits for A. \param last whether K ends with this depth
  std::int64_t tile_cycles(std::int64_t depth, std::int64_t rows, bool last) const;
  std::int64_t first_operands(const Shape &shape) const;
  std::int64_t drain(const Shape &shape) const;
  void add_int8_steps(const Shape &shape, std::vector<Step> &steps) const;
  void add_fp32_steps(const Shape &shape, std::vector<Step> &steps) const;

  Kernel kernel_;
  std::int64_t array_;
  std::int64_t port_bits_;
  std::int64_t rows_;     // of a tile (fp32)
  std::int64_t columns_;  // of a tile or panel
  std::int64_t unit_;     // columns of B that enter the store at once
  std::int64_t store_k_;  // rows of B in the store
  std::int64_t kept_k_;   // of all tiles together that stay
  std::int64_t kept_tiles_;
  std::int64_t block_k_;            // rows of B in a step, where K is split
  std::int64_t block_rows_;         // rows of C in a step, where K is split
  std::int64_t lanes_;              // k of A in a word
  std::int64_t row_cycles_;         // least cycles of a row (int8)
  std::int64_t array_latency_ = 0;  // from operands to sums (int8)
};

}  // namespace roofline
