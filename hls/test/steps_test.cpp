// SPDX-License-Identifier: Apache-2.0

// Over all steps of a call, every block of C comes once for each of its k, in ascending k, its part
// of B and its column parameters are in the store when it is multiplied, and nothing that is still
// to be used is overwritten.

#include "matmul/steps.hpp"

#include <iostream>
#include <map>
#include <utility>

namespace {

using matmul::Block;

int failures = 0;

void expect(bool holds, const matmul::Shape &shape, const char *what) {
  if (!holds && failures++ < 10) {
    std::cout << shape.m << " x " << shape.k << " x " << shape.n << ", " << shape.bits
              << " bits: " << what << "\n";
  }
}

/// What the stores hold, by place: (panel, first k).
struct Stores {
  std::map<int, std::pair<int, int>> b;
  std::map<int, int> columns;
};

template <typename Array>
void enter(const Block &block, const matmul::Shape &shape, Stores &stores) {
  for (int panel = 0; panel < matmul::filled_panels(block); ++panel) {
    const int place = block.stored + panel * block.stride;
    expect(place + matmul::padded<Array>(block.depth) <= Array::kStoreDepth, shape, "store");
    stores.b[place] = {block.panel + panel, block.k};
    expect(block.columns + panel < matmul::kHeldPanels, shape, "column store");
    stores.columns[block.columns + panel] = block.panel + panel;
  }
}

template <typename Array>
void check(const matmul::Shape &shape) {
  matmul::Call call = matmul::cut_call<Array>(shape);
  Stores stores;
  for (const bool held : {false, true}) {
    if (held && !call.blocks.whole) {
      continue;
    }
    call.held = held;
    std::map<std::pair<int, int>, int> reached;  // k, by row and panel
    for (std::int64_t step = 0; step <= call.blocks.count; ++step) {
      struct Process;
      const matmul::Step blocks = matmul::next_step<Process, Array>(call, step);
      const Block &block = blocks.multiplied;
      const Stores before = stores;
      enter<Array>(blocks.entering, shape, stores);
      for (int panel = 0; panel < block.panels; ++panel) {
        const int place = block.stored + panel * block.stride;
        const std::pair<int, int> content(block.panel + panel, block.k);
        expect(before.b.count(place) == 1 && before.b.at(place) == content, shape, "B is missing");
        expect(stores.b.at(place) == content, shape, "B is overwritten while it is read");
        expect(stores.columns.at(block.columns + panel) == block.panel + panel, shape,
               "column parameters are missing");
        for (int row = block.row; row < block.row + block.rows; ++row) {
          int &k = reached[{row, block.panel + panel}];
          expect(k == block.k && block.first_k == (k == 0), shape, "k does not ascend");
          k += block.depth;
          expect(block.last_k == (k == shape.k), shape, "the last k");
        }
      }
    }
    expect(reached.size() ==
               static_cast<std::size_t>(shape.m) * static_cast<std::size_t>(call.blocks.panels),
           shape, "C is not whole");
  }
}

}  // namespace

int main() {
  for (const int m : {1, 15, 64, 65, 200}) {
    for (const int k : {1, 7, 128, 511, 513, 2049, 9000}) {
      for (const int n : {1, 64, 65, 129, 300, 1100}) {
        check<matmul::Fp32Array>({m, k, n, 32});
        for (const int bits : {8, 4, 2}) {
          check<matmul::Fp32Array>({m, k, n, bits});
          check<matmul::Int8Array>({m, k, n, bits});
        }
      }
    }
  }
  std::cout << failures << " failed\n";
  return failures == 0 ? 0 : 1;
}
