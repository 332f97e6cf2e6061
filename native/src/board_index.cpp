// SPDX-License-Identifier: Apache-2.0
#include "board_index.hpp"

#include <bitset>
#include <mutex>
#include <string>

#include "error.hpp"

namespace fabriq {
namespace {

std::mutex mutex;
std::bitset<BoardIndex::kBoards> used;
unsigned next = 0;

}  // namespace

BoardIndex::BoardIndex(unsigned first) : first_(first) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (used.all()) {
    throw Error(FABRIQ_BUSY, "this process has " + std::to_string(kBoards) +
                                 " emulated boards open, the limit; close one, or use another "
                                 "process");
  }
  while (used.test(next)) {
    next = (next + 1) % kBoards;
  }
  offset_ = next;
  next = (next + 1) % kBoards;
  used.set(offset_);
}

BoardIndex::~BoardIndex() {
  const std::lock_guard<std::mutex> lock(mutex);
  used.set(offset_, kept_);
}

}  // namespace fabriq
