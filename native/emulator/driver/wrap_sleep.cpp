// SPDX-License-Identifier: Apache-2.0

// XRT sleeps 1 s for the end of a run in hw_emu, up to 10 s for a simulator to begin or end, and
// as long between looks at its log. Everything it waits for is there after microseconds here.

#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace {

/// Linux lets a sleep of any thread last 50 us longer than it was told, twice the sleep itself.
void sleep_precisely(std::chrono::microseconds time) {
  thread_local const int precise = prctl(PR_SET_TIMERSLACK, 1000UL, 0UL, 0UL, 0UL);
  static_cast<void>(precise);
  std::this_thread::sleep_for(time);
}

}  // namespace

extern "C" unsigned __wrap_sleep(unsigned seconds) {
  constexpr auto kForARun = std::chrono::microseconds(25);
  constexpr auto kForAProcess = std::chrono::milliseconds(20);
  if (seconds >= 2) {
    std::this_thread::sleep_for(kForAProcess);
  } else {
    sleep_precisely(kForARun);
  }
  return 0;
}
