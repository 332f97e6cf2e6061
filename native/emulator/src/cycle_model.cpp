// SPDX-License-Identifier: Apache-2.0
#include "cycle_model.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string>

#include "matmul/load_a.hpp"
#include "matmul/load_b.hpp"
#include "matmul/store_c.hpp"

namespace emulator {
namespace {

using matmul::Block;
using matmul::Call;
using matmul::divide_up;
using matmul::Fp32Array;
using matmul::Int8Array;

constexpr std::uint64_t kLatency = 64;
constexpr std::uint64_t kRawOutput = 2;
constexpr int kFinishInterval = 2;
constexpr int kWordCycles = matmul::kBusBytes / 8;  // of a 64-bit memory port

std::uint64_t product(int a, int b, int c = 1) {
  return static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b) *
         static_cast<std::uint64_t>(c);
}

std::uint64_t argument(const fabriq::KernelDescriptor &kernel,
                       const std::vector<std::uint64_t> &arguments, const char *name,
                       std::uint64_t absent) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (std::strcmp(kernel.arguments[i].name, name) == 0) {
      return arguments[i];
    }
  }
  return absent;
}

/// Whether a unit has the weights of a call from its last run.
bool same_weights(const fabriq::KernelDescriptor &kernel,
                  const std::vector<std::uint64_t> &arguments,
                  const std::vector<std::uint64_t> &last) {
  const char *const names[] = {"weights_id", "b", "columns", "k", "n", "b_bits"};
  return !last.empty() && argument(kernel, arguments, "weights_id", 0) != 0 &&
         std::all_of(std::begin(names), std::end(names), [&](const char *name) {
           return argument(kernel, arguments, name, 0) == argument(kernel, last, name, 0);
         });
}

/// \param index of the block
template <typename Array>
Block block_at(const Call &call, std::int64_t index) {
  const matmul::Blocks &blocks = call.blocks;
  const auto part = [&](std::int64_t each, std::int64_t count) {
    return static_cast<int>(index / each % count);
  };
  const std::int64_t per_span = std::int64_t{blocks.k_blocks} * blocks.row_blocks;
  return matmul::block_at<Array>(
      call, {index, part(per_span, blocks.spans + 1), part(blocks.k_blocks, blocks.row_blocks),
             part(1, blocks.k_blocks)});
}

/// An index and how many there are like it: the first, the last two and those between differ.
struct Representative {
  std::int64_t index;
  std::uint64_t count;
};

std::vector<Representative> representatives(int count) {
  std::vector<Representative> all;
  for (std::int64_t i = 0; i < count; ++i) {
    const bool middle = i == 1 && count > 4;
    const int skipped = middle ? count - 4 : 0;
    all.push_back({i, static_cast<std::uint64_t>(1 + skipped)});
    i += skipped;
  }
  return all;
}

/// The processes that work on a block, in cycles.
struct BlockCosts {
  std::uint64_t load_a;
  std::uint64_t multiply;
  std::uint64_t finish;
  std::uint64_t store;
};

template <typename Array>
struct ArrayCosts;

template <>
struct ArrayCosts<Int8Array> {
  static std::uint64_t load_a(const Block &block) {
    return product(block.rows, matmul::words_of_a<std::int8_t>(block), kWordCycles);
  }
  static std::uint64_t multiply(const Block &block) {
    return product(block.rows, divide_up(block.depth, Int8Array::kLanes));
  }
  static std::uint64_t finish(const Block &block, int groups) {
    return product(block.rows, groups, kFinishInterval);
  }
  /// Of what is left when the last operands are in: a row.
  static std::uint64_t last_finish(int groups) { return product(groups, kFinishInterval); }
  static constexpr std::uint64_t kFirstWords = 1;
};

template <>
struct ArrayCosts<Fp32Array> {
  static int tiles(const Block &block) { return divide_up(block.rows, Fp32Array::kRows); }
  static std::uint64_t load_a(const Block &block) {
    return product(tiles(block), Fp32Array::kRows, matmul::words_of_a<float>(block) * kWordCycles);
  }
  static std::uint64_t multiply(const Block &block) {
    return product(tiles(block), block.depth, matmul::kPanelGroups);
  }
  static std::uint64_t finish(const Block &block, int groups) {
    return product(tiles(block), matmul::kPanelGroups) +
           product(block.rows, groups, kFinishInterval);
  }
  /// A tile.
  static std::uint64_t last_finish(int groups) {
    return matmul::kPanelGroups + product(Fp32Array::kRows, groups, kFinishInterval);
  }
  static constexpr std::uint64_t kFirstWords = Fp32Array::kRows;
};

template <typename Array>
BlockCosts costs(const Block &block, const Call &call, bool wide) {
  using Costs = ArrayCosts<Array>;
  BlockCosts total = {};
  for (int panel = 0; panel < block.panels; ++panel) {
    total.load_a += Costs::load_a(block);
    total.multiply += Costs::multiply(block);
    if (block.last_k) {
      const int columns = panel_columns(block, panel, call.shape);
      total.finish += Costs::finish(block, panel_groups(block, panel, call.shape));
      total.store += product(block.rows, matmul::stored_words(columns, wide), kWordCycles);
    }
  }
  return total;
}

/// Of a block that enters the store.
template <typename Array>
std::uint64_t enter(const Block &block, const Call &call) {
  const int units = matmul::kPanel / Array::kFillColumns;
  const int panels = filled_panels(block);
  return panels == 0
             ? 0
             : std::max(product(block.depth, row_of_b(block, call.shape).words, kWordCycles),
                        product(panels, matmul::padded<Array>(block.depth), units));
}

/// Adds a step: a block is multiplied while another enters.
void add_step(const BlockCosts &block, std::uint64_t entering, std::uint64_t times,
              RunCycles &cycles) {
  const std::uint64_t slowest =
      std::max({block.multiply, block.load_a, entering, block.finish, block.store});
  const fabriq::CycleCounter blame = slowest == block.load_a ? fabriq::kStalledOnA
                                     : slowest == entering   ? fabriq::kStalledOnB
                                                             : fabriq::kStalledOnC;
  cycles[fabriq::kBusyCycles] += times * slowest;
  cycles[fabriq::kComputingCycles] += times * block.multiply;
  cycles[blame] += times * (slowest - block.multiply);
}

template <typename Array>
RunCycles run_cycles(const Call &call, bool wide) {
  using Costs = ArrayCosts<Array>;
  RunCycles cycles = {};
  add_step({}, enter<Array>(block_at<Array>(call, 0), call), 1, cycles);
  const std::uint64_t first = kLatency + (call.held ? Costs::kFirstWords * kWordCycles : 0);
  cycles[fabriq::kBusyCycles] += first;
  cycles[call.held ? fabriq::kStalledOnA : fabriq::kStalledOnB] += first;

  const matmul::Blocks &blocks = call.blocks;
  for (const Representative &span : representatives(blocks.spans)) {
    for (const Representative &rows : representatives(blocks.row_blocks)) {
      for (const Representative &k : representatives(blocks.k_blocks)) {
        const std::int64_t index =
            (span.index * blocks.row_blocks + rows.index) * blocks.k_blocks + k.index;
        const Block block = block_at<Array>(call, index);
        const Block next = block_at<Array>(call, index + 1);
        add_step(costs<Array>(block, call, wide), enter<Array>(next, call),
                 span.count * rows.count * k.count, cycles);
      }
    }
  }
  const Block last = block_at<Array>(call, blocks.count - 1);
  const int columns = panel_columns(last, last.panels - 1, call.shape);
  cycles[fabriq::kBusyCycles] +=
      Costs::last_finish(divide_up(columns, matmul::kGroup)) +
      product(matmul::stored_words(columns, wide), Array::kRows, kWordCycles) + kLatency;
  return cycles;
}

template <typename Array>
RunCycles array_cycles(const matmul::Shape &shape, bool held, bool wide) {
  Call call = matmul::cut_call<Array>(shape);
  call.held = held && call.blocks.whole;
  return run_cycles<Array>(call, wide);
}

}  // namespace

RunCycles matmul_cycles(const fabriq::KernelDescriptor &kernel,
                        const std::vector<std::uint64_t> &arguments,
                        const std::vector<std::uint64_t> &last) {
  const auto value = [&](const char *name, std::uint64_t absent) {
    return static_cast<int>(argument(kernel, arguments, name, absent));
  };
  const matmul::Shape shape = {value("m", 1), value("k", 1), value("n", 1), value("b_bits", 32)};
  const bool held = same_weights(kernel, arguments, last);
  const std::string name = kernel.name;
  if (name == "matmul_i8i8") {
    return array_cycles<Int8Array>(shape, held, value("output", 0) == kRawOutput);
  }
  if (name == "matmul_f32i8" || name == "matmul_f32f32") {
    return array_cycles<Fp32Array>(shape, held, true);
  }
  throw std::runtime_error("no cycle model for the kernel " + name);
}

}  // namespace emulator
