// SPDX-License-Identifier: Apache-2.0
#pragma once

// The host's stand-in for hls::stream: an unbounded first-in first-out queue for one thread, as the
// processes of a DATAFLOW region run one after another in C++. Reading from an empty stream, which
// would hang hardware, throws std::logic_error. Storage is handed back to the thread when a stream
// ends, so kernels that run repeatedly on a thread allocate nothing.

#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hls {

template <typename T>
class stream {
 public:
  stream() {
    std::vector<std::vector<T>> &spares = spare_storage();
    if (!spares.empty()) {
      items_ = std::move(spares.back());
      spares.pop_back();
    }
  }

  ~stream() {
    items_.clear();
    try {
      spare_storage().push_back(std::move(items_));
    } catch (...) {
      return;  // the storage is freed instead
    }
  }

  stream(const stream &) = delete;
  stream &operator=(const stream &) = delete;

  void write(const T &item) { items_.push_back(item); }

  T read() {
    if (empty()) {
      throw std::logic_error("a kernel read from an empty stream");
    }
    const T item = items_[next_++];
    if (next_ == items_.size()) {
      items_.clear();
      next_ = 0;
    }
    return item;
  }

  bool empty() const { return next_ == items_.size(); }

 private:
  static std::vector<std::vector<T>> &spare_storage() {
    static thread_local std::vector<std::vector<T>> spares;
    return spares;
  }

  std::vector<T> items_;
  std::size_t next_ = 0;
};

}  // namespace hls
