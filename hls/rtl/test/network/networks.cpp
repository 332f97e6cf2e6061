// SPDX-License-Identifier: Apache-2.0
#include "networks.hpp"

#include <algorithm>

namespace network {
namespace {

int last(const Network &network) { return network.tensors() - 1; }

Layer convolution(int input, int n, int kernel, int stride, int padding, int h, int w) {
  Layer layer;
  layer.input = input;
  layer.n = n;
  layer.kh = layer.kw = kernel;
  layer.sy = layer.sx = stride;
  layer.pt = layer.pl = padding;
  layer.oh = h;
  layer.ow = w;
  return layer;
}

Layer depthwise(int input, int kernel, int stride, int padding, int h, int w) {
  Layer layer = convolution(input, 0, kernel, stride, padding, h, w);
  layer.kind = Kind::kDepthwise;
  return layer;
}

Layer max_pool(int input, int kernel, int stride, int padding, int h, int w) {
  Layer layer = convolution(input, 0, kernel, stride, padding, h, w);
  layer.kind = Kind::kMaxPool;
  return layer;
}

Layer average(int input) {
  Layer layer;
  layer.kind = Kind::kDepthwise;
  layer.average = true;
  layer.input = input;
  return layer;
}

Layer dense(int input, int n, bool raw) {
  Layer layer;
  layer.input = input;
  layer.n = n;
  layer.raw = raw;
  return layer;
}

Layer with_table(Network &network, Layer layer) {
  layer.table.resize(256);
  for (auto &code : layer.table) {
    code = static_cast<std::int8_t>(network.draw(-128, 127));
  }
  return layer;
}

}  // namespace

Network mlp() {
  Network network("MLP 784-128-64-10", {1, 1, 784}, 1);
  network.add(dense(0, 128, false));
  network.add(dense(1, 64, false));
  network.add(dense(2, 10, true));
  return network;
}

Network autoencoder() {
  Network network("AD autoencoder", {1, 1, 640}, 7);
  for (const int n : {128, 128, 128, 128, 8, 128, 128, 128, 128}) {
    // Those beside the bottleneck cost least in one quarter.
    Layer layer = dense(last(network), n, false);
    layer.narrow = n == 8 || network.shapes().back().c == 8;
    network.add(layer);
  }
  network.add(dense(last(network), 640, false));
  return network;
}

Network kws() {
  Network network("KWS DS-CNN", {49, 10, 1}, 2);
  Layer first = convolution(0, 64, 10, 2, 4, 25, 5);
  first.kw = 4;
  first.pl = 1;
  first.packing = Packing::kRows;
  network.add(first);
  for (int i = 0; i < 4; ++i) {
    network.add(depthwise(last(network), 3, 1, 1, 25, 5));
    network.add(convolution(last(network), 64, 1, 1, 0, 25, 5));
  }
  network.add(average(last(network)));
  network.add(dense(last(network), 12, true));
  return network;
}

Network resnet8() {
  Network network("ResNet8", {32, 32, 3}, 3);
  Layer first = convolution(0, 16, 3, 1, 1, 32, 32);
  first.packing = Packing::kTwoByThree;
  network.add(first);
  network.add(convolution(1, 16, 3, 1, 1, 32, 32));
  network.add_sum(convolution(2, 16, 3, 1, 1, 32, 32), 1);
  network.add(convolution(3, 32, 1, 2, 0, 16, 16));
  network.add(convolution(3, 32, 3, 2, 0, 16, 16));
  network.add_sum(convolution(5, 32, 3, 1, 1, 16, 16), 4);
  network.add(convolution(6, 64, 1, 2, 0, 8, 8));
  network.add(convolution(6, 64, 3, 2, 0, 8, 8));
  network.add_sum(convolution(8, 64, 3, 1, 1, 8, 8), 7);
  network.add(average(last(network)));
  network.add(dense(last(network), 10, true));
  return network;
}

Network vww() {
  Network network("VWW MobileNet v1 0.25", {96, 96, 3}, 4);
  Layer first = convolution(0, 8, 3, 2, 0, 48, 48);
  first.packing = Packing::kTwoByFour;
  network.add(first);
  int side = 48;
  const struct {
    int channels;
    int stride;
  } parts[] = {{16, 1},  {32, 2},  {32, 1},  {64, 2},  {64, 1},  {128, 2}, {128, 1},
               {128, 1}, {128, 1}, {128, 1}, {128, 1}, {256, 2}, {256, 1}};
  for (const auto &part : parts) {
    side /= part.stride;
    network.add(depthwise(last(network), 3, part.stride, part.stride == 2 ? 0 : 1, side, side));
    network.add(convolution(last(network), part.channels, 1, 1, 0, side, side));
  }
  network.add(average(last(network)));
  network.add(dense(last(network), 2, true));
  return network;
}

Network small_cnn() {
  Network network("small CNN", {12, 12, 3}, 5);
  network.add(convolution(0, 24, 3, 1, 1, 12, 12));
  network.add(depthwise(1, 3, 1, 1, 12, 12));
  network.add_sum(convolution(2, 24, 1, 1, 0, 12, 12), 1);
  network.add(depthwise(3, 3, 2, 1, 6, 6));
  network.add(convolution(4, 40, 1, 1, 0, 6, 6));
  network.add_sum(convolution(5, 40, 3, 1, 1, 6, 6), 5);
  network.add(max_pool(6, 2, 2, 0, 3, 3));
  network.add(average(7));
  network.add(dense(8, 10, true));
  return network;
}

Network pools() {
  Network network("CNN with max pools", {28, 28, 1}, 6);
  network.add(with_table(network, convolution(0, 8, 3, 1, 1, 28, 28)));
  network.add(max_pool(1, 2, 2, 0, 14, 14));
  network.add(convolution(2, 24, 5, 1, 2, 14, 14));
  network.add(max_pool(3, 3, 1, 1, 14, 14));
  network.add(max_pool(4, 2, 2, 0, 7, 7));
  network.add(with_table(network, depthwise(5, 5, 1, 2, 7, 7)));
  network.add(convolution(6, 40, 7, 1, 0, 1, 1));
  network.add(dense(7, 10, false));
  return network;
}

Network corner() {
  Network network("corner of an image", {48, 48, 3}, 8);
  network.add(convolution(0, 8, 3, 1, 1, 2, 2));
  return network;
}

Network random_network(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto draw = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  Network network("random", {draw(1, 14), draw(1, 14), draw(1, 40)}, seed);
  const int depth = draw(1, 4);
  for (int i = 0; i < depth; ++i) {
    const Shape in = network.shapes().back();
    const bool is_last = i == depth - 1;
    Layer layer;
    layer.input = i;
    layer.kh = std::min(draw(1, 5), in.h + 1);
    layer.kw = std::min(draw(1, 5), in.w + 1);
    layer.sy = draw(1, 2);
    layer.sx = draw(0, 3) != 0 ? layer.sy : 3 - layer.sy;
    const int what = draw(0, 5);
    if (what <= 2) {
      layer.n = draw(1, 80);
      layer.sx = layer.n <= 64 && draw(0, 4) == 0 ? 3 : layer.sx;
      layer.raw = is_last && draw(0, 1) == 0;
    } else if (what == 3) {
      layer.kind = Kind::kDepthwise;
    } else if (what == 4) {
      layer.kind = Kind::kMaxPool;
    } else {
      layer = average(i);
    }
    if (!layer.average) {
      layer.pt = draw(0, layer.kh - 1);
      layer.pl = draw(0, layer.kw - 1);
      const int bottom = std::max(draw(0, layer.kh - 1), layer.kh - in.h - layer.pt);
      const int right = std::max(draw(0, layer.kw - 1), layer.kw - in.w - layer.pl);
      layer.oh = (in.h + layer.pt + bottom - layer.kh) / layer.sy + 1;
      layer.ow = (in.w + layer.pl + right - layer.kw) / layer.sx + 1;
    }
    if (what <= 2 && !layer.raw && draw(0, 3) == 0) {
      layer = with_table(network, layer);
    }
    // Now and then the sum with the layer's input.
    const int n = layer.kind == Kind::kConvolution ? layer.n : in.c;
    const bool alike = in == Shape{layer.oh, layer.ow, n} && !layer.average;
    if (i > 0 && !is_last && alike && draw(0, 2) != 0) {
      layer.second = i;
      layer.m1 = draw(0, 131071);
      layer.m2 = draw(0, 131071);
      layer.add_shift = draw(0, 3) == 0 ? draw(0, 40) : draw(15, 18);
      layer.add_zero = draw(-128, 127);
      layer.z1 = draw(-128, 127);
      layer.z2 = draw(-128, 127);
      layer.add_least = draw(-128, 0);
      layer.add_greatest = draw(0, 127);
    }
    network.add(layer);
  }
  return network;
}

}  // namespace network
