// SPDX-License-Identifier: Apache-2.0
#include "weights_id.hpp"

#include <atomic>
#include <random>

namespace fabriq {

std::uint32_t next_weights_id() {
  static std::atomic<std::uint32_t> next{std::random_device()()};
  const std::uint32_t id = next++;
  return id != 0 ? id : next++;
}

}  // namespace fabriq
