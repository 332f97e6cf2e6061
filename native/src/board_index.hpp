// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <thread>

namespace fabriq {

/// The index of an emulated board that this process uses for one open device alone, so that each
/// has a device process of its own.
class BoardIndex {
 public:
  static constexpr unsigned kBoards = 8;  // as emconfig.json says

  /// Takes a free one, in turn, as XRT may close a board a little later than it was told. Throws
  /// FABRIQ_BUSY if none is free.
  /// \param first the least index
  explicit BoardIndex(unsigned first);

  /// Gives it back.
  ~BoardIndex();
  BoardIndex(const BoardIndex &) = delete;
  BoardIndex &operator=(const BoardIndex &) = delete;

  unsigned value() const { return first_ + offset_; }

  /// Never gives it back: XRT still uses the board.
  void keep() { kept_ = true; }

 private:
  unsigned first_;
  unsigned offset_ = 0;
  bool kept_ = false;
};

/// XRT's threads hold a board for a moment after a run has ended; the last holder closes it, and it
/// must be closed before it is opened again. Waits until the condition, one holder, is true; keeps
/// the index if that takes too long.
template <typename Condition>
void await_last_holder(BoardIndex &index, Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) {
      index.keep();
      return;
    }
    std::this_thread::sleep_for(std::chrono::microseconds(100));
  }
}

}  // namespace fabriq
