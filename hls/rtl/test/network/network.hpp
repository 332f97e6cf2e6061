// SPDX-License-Identifier: Apache-2.0
#pragma once

// Integer networks with random weights, and what each of their layers gives, by plain loops.

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace network {

/// Height, width, channels.
struct Shape {
  int h = 0;
  int w = 0;
  int c = 0;

  int size() const { return h * w * c; }
  bool operator==(const Shape &other) const { return h == other.h && w == other.w && c == other.c; }
};

struct Tensor {
  explicit Tensor(Shape of) : shape(of), codes(static_cast<std::size_t>(of.size())) {}

  std::size_t place(int y, int x, int k) const {
    return static_cast<std::size_t>((y * shape.w + x) * shape.c + k);
  }
  std::int8_t at(int y, int x, int k) const { return codes[place(y, x, k)]; }
  bool has(int y, int x) const { return y >= 0 && x >= 0 && y < shape.h && x < shape.w; }

  Shape shape;
  std::vector<std::int8_t> codes;
};

enum class Kind { kConvolution, kDepthwise, kMaxPool };

/// How an image is packed into words of 8 channels: as it is, or for first layers with few channels
/// 2 pixels x 4 channels, 2 pixels x 3, or 2 rows x 4 pixels.
enum class Packing { kPlain, kTwoByFour, kTwoByThree, kRows };

struct Layer {
  Kind kind = Kind::kConvolution;
  int input = 0;    // tensor: 0 is the image, i + 1 what layer i gives
  int second = -1;  // the tensor that is added, or none
  int n = 0;        // channels of the output
  int kh = 1, kw = 1, sy = 1, sx = 1, pt = 0, pl = 0, oh = 1, ow = 1;
  bool average = false;
  bool raw = false;  // gives int32
  Packing packing = Packing::kPlain;
  bool narrow = false;  // takes the first quarter alone, and entries that it has beyond the others
  int zero_in = 0, zero_out = 0, least = -128, greatest = 127;
  std::vector<std::int8_t> weights;  // n, window row, tap, input channel
  std::vector<std::int32_t> bias;
  std::vector<std::uint32_t> significand;
  std::vector<int> shift;
  std::vector<std::int8_t> table;  // by code, from 0 on; may be empty
  int m1 = 0, m2 = 0, add_shift = 16, z1 = 0, z2 = 0;
  int add_zero = 0, add_least = -128, add_greatest = 127;

  int window() const { return kh * kw; }
};

class Network {
 public:
  Network(std::string name, Shape image, std::uint32_t seed)
      : name_(std::move(name)), shapes_{image}, random_(seed) {}

  const std::string &name() const { return name_; }
  const std::vector<Layer> &layers() const { return layers_; }
  const std::vector<Shape> &shapes() const { return shapes_; }  // of tensors
  int tensors() const { return static_cast<int>(shapes_.size()); }

  /// Appends a layer: draws its weights, and scales that keep codes in range.
  void add(Layer layer);

  /// The same, with the sum of what it gives and of tensor `second`.
  void add_sum(Layer layer, int second);

  /// The network up to the layer `last`, whose sum or codes are its results, passed on by a layer
  /// that changes nothing.
  Network prefix(int last) const;

  /// Of at least `low` and at most `high`.
  int draw(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  Tensor draw_image();

 private:
  std::string name_;
  std::vector<Shape> shapes_;
  std::vector<Layer> layers_;
  std::mt19937 random_;
};

/// All tensors of a network for an image.
/// \param raw sums of the last layer
std::vector<Tensor> run_by_loops(const Network &network, const Tensor &image,
                                 std::vector<std::int32_t> &raw);

}  // namespace network
