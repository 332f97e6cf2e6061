// SPDX-License-Identifier: Apache-2.0
#pragma once

// Declares of hls::stream what kernels may use, for the checker alone: it compiles the kernels as
// for synthesis, without the vendor's headers.

namespace hls {

template <typename T, int Depth = 0>
class stream {
 public:
  stream();
  explicit stream(const char *name);
  stream(const stream &) = delete;
  stream &operator=(const stream &) = delete;

  T read();
  void read(T &item);
  bool read_nb(T &item);
  void operator>>(T &item);
  void write(const T &item);
  bool write_nb(const T &item);
  void operator<<(const T &item);
  bool empty() const;
  bool full() const;
  unsigned size() const;
  unsigned capacity() const;
};

}  // namespace hls
