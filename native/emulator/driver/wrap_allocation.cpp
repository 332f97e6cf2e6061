// SPDX-License-Identifier: Apache-2.0

// XRT grows the one buffer of its messages with a function that, in some builds, drops the pointer
// which realloc returns, so that the first message larger than all before it corrupts the heap.
// Here every block is as large as the largest message from the start (XRT's chunks of 8 MiB come
// with as much again in some requests; untouched pages cost nothing), and realloc never moves one:
// it fails where packet_size in xrt.ini or SW_EMU_PACKET_SIZE asks for more.

#include <malloc.h>

#include <algorithm>

#include "real_calls.hpp"

namespace {
constexpr std::size_t kLargestMessage = std::size_t{32} << 20;
}

extern "C" void *__wrap_malloc(std::size_t size) {
  return __real_malloc(std::max(size, kLargestMessage));
}

extern "C" void *__wrap_realloc(void *block, std::size_t size) {
  if (block == nullptr) {
    return __wrap_malloc(size);
  }
  return malloc_usable_size(block) < size ? nullptr : block;
}
