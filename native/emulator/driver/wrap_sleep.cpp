// SPDX-License-Identifier: Apache-2.0

// XRT sleeps 1 s for the end of a run in hw_emu, up to 10 s for a simulator to begin or end, and
// as long between looks at its log. Everything it waits for is there after microseconds here: a
// wait for a run ends with the run, and the time is for what has no event.

#include <chrono>
#include <thread>

#include "run_events.hpp"

extern "C" unsigned __wrap_sleep(unsigned seconds) {
  constexpr auto kForARun = std::chrono::milliseconds(1);
  constexpr auto kForAProcess = std::chrono::milliseconds(20);
  if (seconds >= 2) {
    std::this_thread::sleep_for(kForAProcess);
  } else {
    driver::RunEvents::instance().wait(kForARun);
  }
  return 0;
}
