// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "divide_half_even.hpp"
#include "network.hpp"

namespace network {
namespace {

/// total / count, rounded half to even.
std::int64_t mean(std::int64_t total, std::int64_t count) {
  const std::int64_t floor = total >= 0 ? total / count : -((count - 1 - total) / count);
  const std::int64_t rest = 2 * (total - floor * count);
  return floor + (rest > count || (rest == count && (floor & 1) != 0));
}

/// Calls visit(tap, input y, input x) for what exists of an output pixel's window.
template <typename Visit>
void window(const Layer &layer, const Tensor &in, int y, int x, Visit visit) {
  for (int i = 0; i < layer.kh; ++i) {
    for (int j = 0; j < layer.kw; ++j) {
      const int iy = y * layer.sy - layer.pt + i;
      const int ix = x * layer.sx - layer.pl + j;
      if (in.has(iy, ix)) {
        visit(i * layer.kw + j, iy, ix);
      }
    }
  }
}

std::int32_t sum(const Layer &layer, const Tensor &in, int y, int x, int n) {
  std::int64_t total = layer.bias[static_cast<std::size_t>(n)];
  const bool depthwise = layer.kind == Kind::kDepthwise;
  const int channels = depthwise ? 1 : in.shape.c;
  const std::int8_t *weights =
      &layer.weights[static_cast<std::size_t>(n * layer.window() * channels)];
  window(layer, in, y, x, [&](int tap, int iy, int ix) {
    for (int c = 0; c < channels; ++c) {
      total += (in.at(iy, ix, depthwise ? n : c) - layer.zero_in) * weights[tap * channels + c];
    }
  });
  return static_cast<std::int32_t>(total);
}

int greatest(const Layer &layer, const Tensor &in, int y, int x, int n) {
  int best = -128;
  window(layer, in, y, x,
         [&](int, int iy, int ix) { best = std::max<int>(best, in.at(iy, ix, n)); });
  return best;
}

std::int64_t requantize(const Layer &layer, std::int32_t acc, int n) {
  if (layer.average) {
    return mean(acc + std::int64_t{layer.window()} * layer.zero_in, layer.window());
  }
  const auto channel = static_cast<std::size_t>(n);
  return problems::divide_half_even(std::int64_t{acc} * layer.significand[channel],
                                    layer.shift[channel]) +
         layer.zero_out;
}

std::int64_t add(const Layer &layer, std::int64_t own, std::int64_t other) {
  const std::int64_t total = (own - layer.z1) * layer.m1 + (other - layer.z2) * layer.m2;
  return std::clamp<std::int64_t>(
      problems::divide_half_even(total, layer.add_shift) + layer.add_zero, layer.add_least,
      layer.add_greatest);
}

}  // namespace

std::vector<Tensor> run_by_loops(const Network &network, const Tensor &image,
                                 std::vector<std::int32_t> &raw) {
  std::vector<Tensor> tensors{image};
  for (const Layer &layer : network.layers()) {
    const Tensor &in = tensors[static_cast<std::size_t>(layer.input)];
    Tensor out({layer.oh, layer.ow, layer.n});
    raw.clear();
    for (int y = 0; y < layer.oh; ++y) {
      for (int x = 0; x < layer.ow; ++x) {
        for (int n = 0; n < layer.n; ++n) {
          std::int64_t code = 0;
          if (layer.kind == Kind::kMaxPool) {
            code = greatest(layer, in, y, x, n);
          } else {
            raw.push_back(sum(layer, in, y, x, n));
            code = std::clamp<std::int64_t>(requantize(layer, raw.back(), n), layer.least,
                                            layer.greatest);
          }
          if (!layer.table.empty()) {
            code = layer.table[static_cast<std::uint8_t>(code)];
          }
          if (layer.second >= 0) {
            code = add(layer, code, tensors[static_cast<std::size_t>(layer.second)].at(y, x, n));
          }
          out.codes[out.place(y, x, n)] = static_cast<std::int8_t>(code);
        }
      }
    }
    tensors.push_back(std::move(out));
  }
  return tensors;
}

}  // namespace network
