// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <thread>

#include "fabriq/device.hpp"

namespace fabriq {

/// Waits actively for a condition, at most 20 us, which is below the cost of sleeping and waking;
/// gives the processor to others meanwhile. True if the condition came.
template <typename Condition>
bool brief_spin(Condition condition) {
  const Clock::time_point end = Clock::now() + std::chrono::microseconds(20);
  do {
    for (int i = 0; i < 64; ++i) {
      if (condition()) {
        return true;
      }
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    std::this_thread::yield();
  } while (Clock::now() < end);
  return condition();
}

}  // namespace fabriq
