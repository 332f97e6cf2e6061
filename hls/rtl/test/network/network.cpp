// SPDX-License-Identifier: Apache-2.0
#include "network.hpp"

#include <algorithm>
#include <cmath>

namespace network {
namespace {

/// A multiplier as significand * 2^-shift with 24 significant bits.
void append_multiplier(Layer &layer, double multiplier) {
  int exponent = 0;
  const double fraction = std::frexp(multiplier, &exponent);
  auto significand = static_cast<std::uint32_t>(std::lround(fraction * (1 << 24)));
  int shift = 24 - exponent;
  if (significand == 1u << 24) {
    significand >>= 1;
    --shift;
  }
  for (; shift > 62; --shift) {
    significand >>= 1;
  }
  layer.significand.push_back(significand);
  layer.shift.push_back(shift);
}

/// 1 / count, rounded up, so that the kernel can tell ties.
void append_average(Layer &layer) {
  const std::int64_t count = layer.window();
  int shift = 0;
  while ((count & (count - 1)) == 0 ? std::int64_t{1} << shift < count
                                    : std::int64_t{1} << (shift + 1) < count << 24) {
    ++shift;
  }
  const bool power = (count & (count - 1)) == 0;
  layer.significand.push_back(
      power ? 1 : static_cast<std::uint32_t>(((std::int64_t{1} << shift) + count - 1) / count));
  layer.shift.push_back(shift);
}

}  // namespace

void Network::add(Layer layer) {
  const Shape in = shapes_[static_cast<std::size_t>(layer.input)];
  if (layer.average) {
    layer.kh = in.h;
    layer.kw = in.w;
    layer.oh = layer.ow = 1;
  }
  if (layer.kind != Kind::kConvolution) {
    layer.n = in.c;
  }
  const int terms = layer.window() * (layer.kind == Kind::kConvolution ? in.c : 1);
  layer.zero_in = -128;
  if (layer.input > 0) {
    const Layer &before = layers_[static_cast<std::size_t>(layer.input - 1)];
    layer.zero_in = before.second >= 0 ? before.add_zero : before.zero_out;
  }
  if (layer.average) {
    layer.weights.assign(static_cast<std::size_t>(layer.n * terms), 1);
    layer.bias.assign(static_cast<std::size_t>(layer.n), 0);
    layer.zero_out = layer.zero_in;
    for (int i = 0; i < layer.n; ++i) {
      append_average(layer);
    }
  } else if (layer.kind == Kind::kMaxPool) {
    layer.zero_out = layer.zero_in;
  } else {
    layer.weights.resize(static_cast<std::size_t>(layer.n * terms));
    for (auto &weight : layer.weights) {
      weight = static_cast<std::int8_t>(draw(-128, 127));
    }
    for (int i = 0; i < layer.n; ++i) {
      layer.bias.push_back(draw(-20000, 20000));
      append_multiplier(
          layer, 60.0 / (74.0 * 90.0 * std::sqrt(terms)) * (0.7 + 0.6 * draw(0, 1000) / 1000.0));
    }
    if (layer.second < 0) {
      layer.zero_out = draw(0, 3) == 0 ? draw(-128, 127) : -128;
    }
  }
  shapes_.push_back({layer.oh, layer.ow, layer.n});
  layers_.push_back(std::move(layer));
}

void Network::add_sum(Layer layer, int second) {
  const Layer &other = layers_[static_cast<std::size_t>(second - 1)];
  layer.second = second;
  layer.zero_out = layer.z1 = draw(-20, 20);
  layer.z2 = other.second >= 0 ? other.add_zero : other.zero_out;
  layer.m1 = draw(20000, 131071);
  layer.m2 = draw(20000, 131071);
  layer.add_shift = draw(15, 18);
  layer.add_zero = -128;
  add(std::move(layer));
}

Network Network::prefix(int last) const {
  Network cut(name_, shapes_[0], 1);
  const auto layers = static_cast<std::size_t>(last + 1);
  cut.layers_.assign(layers_.begin(), layers_.begin() + static_cast<std::ptrdiff_t>(layers));
  cut.shapes_.assign(shapes_.begin(), shapes_.begin() + static_cast<std::ptrdiff_t>(layers + 1));
  cut.layers_.back().raw = false;
  Layer same;
  same.kind = Kind::kMaxPool;
  same.input = last + 1;
  same.oh = shapes_[layers].h;
  same.ow = shapes_[layers].w;
  cut.add(same);
  return cut;
}

Tensor Network::draw_image() {
  Tensor image(shapes_[0]);
  for (auto &code : image.codes) {
    code = static_cast<std::int8_t>(draw(-128, 127));
  }
  return image;
}

}  // namespace network
