// SPDX-License-Identifier: Apache-2.0
#include "resident_id.hpp"

#include <sys/random.h>

#include <atomic>

#include "fabriq/device.hpp"

namespace fabriq {
namespace {

/// std::random_device would need glibc 2.36, which boards do not have.
std::uint32_t random_number() {
  std::uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) {
    number = static_cast<std::uint32_t>(Clock::now().time_since_epoch().count());
  }
  return number;
}

}  // namespace

std::uint32_t next_resident_id() {
  static std::atomic<std::uint32_t> next{random_number()};
  const std::uint32_t id = next++;
  return id != 0 ? id : next++;
}

}  // namespace fabriq
