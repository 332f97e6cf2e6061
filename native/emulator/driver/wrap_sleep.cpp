// SPDX-License-Identifier: Apache-2.0

// XRT sleeps 1 s for the end of a run in hw_emu, up to 10 s for a simulator to begin or end, and
// as long between looks at its log. Everything it waits for is there after microseconds here.

#include <unistd.h>

#include <chrono>
#include <thread>

extern "C" unsigned __wrap_sleep(unsigned seconds) {
  constexpr auto kForARun = std::chrono::microseconds(50);
  constexpr auto kForAProcess = std::chrono::milliseconds(20);
  if (seconds >= 2) {
    std::this_thread::sleep_for(kForAProcess);
  } else {
    std::this_thread::sleep_for(kForARun);
  }
  return 0;
}
