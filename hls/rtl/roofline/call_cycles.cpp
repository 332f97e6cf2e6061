// SPDX-License-Identifier: Apache-2.0
#include "call_cycles.hpp"

#include <algorithm>
#include <stdexcept>

namespace roofline {
namespace {

constexpr std::int64_t kInterleave = 8;  // fp32: groups of columns that a PE serves in turn
constexpr std::int64_t kBlockTiles = 4;  // fp32: tiles that share a chunk of B
constexpr std::int64_t kColumnBytes = 16;
constexpr std::int64_t kColumnBurst = 32;        // fp32: beats of column parameters on their way
constexpr std::int64_t kColumnBurstCycles = 44;  // fp32: until the next ones are

// Ways through the pipelines, as simulated.
constexpr std::int64_t kLatency = 36;    // from a request to the first beat's use
constexpr std::int64_t kInt8Drain = 39;  // from the array's last sums to the end of the call
constexpr std::int64_t kFp32Drain = 44;  // from its last operands, without the tile's way to memory
constexpr std::int64_t kFill = 63;       // fp32: of a block of A, beyond its beats
constexpr std::int64_t kStoreTile = 10;  // fp32: of a tile of C, beyond its beats
constexpr std::int64_t kBlockWords = 16;  // fp32: of a row of A in a block, of which there are two

std::int64_t divide_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

}  // namespace

const char *name_of(Kernel kernel) {
  return kernel == Kernel::kF32F32  ? "matmul_f32f32"
         : kernel == Kernel::kF32I8 ? "matmul_f32i8"
                                    : "matmul_i8i8";
}

CallCycles::CallCycles(Kernel kernel, const Configuration &sizes) : kernel_(kernel) {
  if (kernel == Kernel::kI8I8) {
    port_bits_ = sizes["I8I8DataWidth"];
    lanes_ = port_bits_ / 8;
    columns_ = sizes["I8I8Columns"];
    rows_ = 1;
    array_ = lanes_ * columns_;
    unit_ = lanes_;
    store_k_ = sizes["I8I8Entries"] / 2 * lanes_;
    kept_k_ = sizes["I8I8Entries"] * lanes_;
    kept_tiles_ = sizes["I8I8ColumnTiles"];
    block_k_ = store_k_;
    block_rows_ = sizes["I8I8PartialRows"];
    row_cycles_ = columns_ / sizes["I8I8Drain"];
    const std::int64_t cascade = std::int64_t{1} << (sizes["I8I8Spacing"] - 15);
    array_latency_ = 3 + cascade;
    for (std::int64_t parts = lanes_ / cascade; parts > 1; parts /= 2) {
      ++array_latency_;
    }
  } else {
    const bool int8 = kernel == Kernel::kF32I8;
    port_bits_ = sizes["F32DataWidth"];
    lanes_ = port_bits_ / 32;
    rows_ = sizes["F32Rows"];
    columns_ = sizes["F32Columns"] * kInterleave;
    array_ = rows_ * sizes["F32Columns"];
    unit_ = std::min(port_bits_ / (int8 ? 8 : 32), sizes["F32Columns"]);
    store_k_ = sizes[int8 ? "F32I8StoreRows" : "F32F32StoreRows"];
    kept_k_ = store_k_;
    kept_tiles_ = sizes["F32StorePanels"];
    block_k_ = store_k_ / 2;
    block_rows_ = kBlockTiles * rows_;
    row_cycles_ = kInterleave;
  }
}

bool CallCycles::keeps(const Shape &shape) const {
  const std::int64_t tiles = divide_up(shape.n, columns_);
  const std::int64_t k = kernel_ == Kernel::kI8I8 ? divide_up(shape.k, lanes_) * lanes_ : shape.k;
  return shape.k <= store_k_ && tiles <= kept_tiles_ && tiles * k <= kept_k_;
}

std::int64_t CallCycles::bytes(const Shape &shape) const {
  const std::int64_t element_a = kernel_ == Kernel::kI8I8 ? 1 : 4;
  const std::int64_t element_b = kernel_ == Kernel::kF32F32 ? 4 : 1;
  const std::int64_t passes = shape.k > store_k_ ? divide_up(shape.m, block_rows_) : 1;
  return divide_up(shape.n, columns_) * shape.m * shape.k * element_a +
         passes * shape.k * shape.n * element_b + shape.n * kColumnBytes +
         shape.m * shape.n * element_a;
}

std::int64_t CallCycles::column_load(std::int64_t columns) const {
  const std::int64_t beats = divide_up(columns * kColumnBytes * 8, port_bits_);
  return kLatency +
         (kernel_ == Kernel::kI8I8 ? beats : divide_up(beats * kColumnBurstCycles, kColumnBurst));
}

std::int64_t CallCycles::tile_store(std::int64_t columns) const {
  return rows_ * divide_up(columns, lanes_) + kStoreTile;
}

void CallCycles::add_int8_steps(const Shape &shape, std::vector<Step> &steps) const {
  const bool split = shape.k > store_k_;
  for (std::int64_t n = 0; n < shape.n; n += columns_) {
    const std::int64_t columns = std::min(columns_, shape.n - n);
    const std::int64_t rows_at_once = split ? block_rows_ : shape.m;
    for (std::int64_t m = 0; m < shape.m; m += rows_at_once) {
      const std::int64_t rows = std::min(rows_at_once, shape.m - m);
      for (std::int64_t k = 0; k < shape.k; k += block_k_) {
        const std::int64_t depth = std::min(block_k_, shape.k - k);
        const bool last = k + depth == shape.k;
        const std::int64_t row = std::max(divide_up(depth, lanes_), row_cycles_);
        steps.push_back(
            {rows * row, row,
             std::max(depth * divide_up(columns, unit_) + kLatency, column_load(columns)), 0,
             last ? rows * divide_up(columns, lanes_) : 0});
      }
    }
  }
}

std::int64_t CallCycles::tile_cycles(std::int64_t depth, std::int64_t rows, bool last) const {
  const std::int64_t block = kBlockWords * lanes_;  // k
  std::int64_t total = kInterleave * (last ? std::max(depth, rows_) : depth);
  std::int64_t before = (depth - 1) % block + 1;  // the last block of the tile before
  for (std::int64_t k = 0; k < depth; k += block) {
    const std::int64_t here = std::min(block, depth - k);
    const std::int64_t fill = rows * divide_up(here, lanes_) + kFill;
    total += std::max<std::int64_t>(0, fill - kInterleave * before);
    before = here;
  }
  return total;
}

void CallCycles::add_fp32_steps(const Shape &shape, std::vector<Step> &steps) const {
  const bool split = shape.k > store_k_;
  for (std::int64_t n = 0; n < shape.n; n += columns_) {
    const std::int64_t columns = std::min(columns_, shape.n - n);
    const std::int64_t row_units = divide_up(columns, unit_);
    const std::int64_t rows_at_once = split ? block_rows_ : shape.m;
    for (std::int64_t m = 0; m < shape.m; m += rows_at_once) {
      const std::int64_t rows = std::min(rows_at_once, shape.m - m);
      const std::int64_t tiles = divide_up(rows, rows_);
      const std::int64_t last_rows = (rows - 1) % rows_ + 1;
      const std::int64_t depth_at_once = split ? block_k_ : shape.k;
      for (std::int64_t k = 0; k < shape.k; k += depth_at_once) {
        const std::int64_t depth = std::min(depth_at_once, shape.k - k);
        const bool last = k + depth == shape.k;
        const std::int64_t early = split || n == 0 ? depth : std::min(depth, store_k_ - shape.k);
        const std::int64_t tile = tile_cycles(depth, std::min(rows_, shape.m), last);
        const std::int64_t compute = (tiles - 1) * tile + tile_cycles(depth, last_rows, last);
        steps.push_back({compute, tile, early == 0 ? 0 : early * row_units + kLatency,
                         (depth - early) * row_units, last ? tiles * tile_store(columns) : 0});
      }
    }
  }
}

std::vector<CallCycles::Step> CallCycles::steps(const Shape &shape) const {
  if (shape.m < 1 || shape.k < 1 || shape.n < 1) {
    throw std::runtime_error("a shape has a side below 1");
  }
  std::vector<Step> steps;
  if (kernel_ == Kernel::kI8I8) {
    add_int8_steps(shape, steps);
  } else {
    add_fp32_steps(shape, steps);
  }
  return steps;
}

std::int64_t CallCycles::first_operands(const Shape &shape) const {
  if (kernel_ == Kernel::kI8I8) {
    return kLatency;
  }
  const std::int64_t rows = std::min(rows_, shape.m);
  const std::int64_t words = std::min(kBlockWords, divide_up(shape.k, lanes_));
  const std::int64_t depth = shape.k > store_k_ ? block_k_ : shape.k;
  const std::int64_t last_block = (depth - 1) % (kBlockWords * lanes_) + 1;
  // The wait for it is not the one of tile_cycles().
  const std::int64_t counted =
      std::max<std::int64_t>(0, rows * words + kFill - kInterleave * last_block);
  return kLatency + rows * words - counted;
}

std::int64_t CallCycles::drain(const Shape &shape) const {
  const std::int64_t columns = (shape.n - 1) % columns_ + 1;
  const std::int64_t rows = (shape.m - 1) % rows_ + 1;
  if (kernel_ == Kernel::kI8I8) {
    return array_latency_ + divide_up(columns * row_cycles_, columns_) + kInt8Drain;
  }
  const std::int64_t beats = divide_up(columns, lanes_);
  return kFp32Drain + (rows - 1) * std::max(beats, kInterleave) + beats;
}

std::int64_t CallCycles::cycles(const Shape &shape, bool resident) const {
  const std::int64_t last_columns = (shape.n - 1) % columns_ + 1;
  const std::int64_t last_store =
      kernel_ == Kernel::kI8I8 ? divide_up(last_columns, lanes_) : tile_store(last_columns);
  std::int64_t end_before_last = 0;
  std::int64_t end = 0;
  std::int64_t loaded = 0;
  std::int64_t stored = 0;
  std::int64_t start = first_operands(shape);
  if (!resident && kernel_ != Kernel::kI8I8) {
    start = std::max(start, column_load(std::min(columns_, shape.n)));
  }
  for (const Step &step : steps(shape)) {
    if (!resident) {
      loaded = std::max(loaded, end_before_last) + step.load;
      loaded = step.late == 0 ? loaded : std::max(loaded, end) + step.late;
    }
    start = std::max({start, end, loaded - step.first});
    end_before_last = end;
    stored = std::max(stored, start + step.first) + step.store;
    end = std::max(start + step.compute, step.store == 0 ? 0 : stored - last_store);
  }
  return end + drain(shape);
}

}  // namespace roofline
