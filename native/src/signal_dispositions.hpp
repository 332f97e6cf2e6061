// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <csignal>

namespace fabriq {

/// Puts back, in its destructor, how this process handles the signals that XRT's stock emulation
/// drivers claim; a Java VM needs its own handlers for some of them.
class SignalDispositions {
 public:
  SignalDispositions() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], nullptr, &saved_[i]);
    }
  }
  ~SignalDispositions() {
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], &saved_[i], nullptr);
    }
  }
  SignalDispositions(const SignalDispositions &) = delete;
  SignalDispositions &operator=(const SignalDispositions &) = delete;

 private:
  static constexpr std::array<int, 5> kSignals = {SIGSEGV, SIGFPE, SIGABRT, SIGUSR1, SIGCHLD};

  std::array<struct sigaction, kSignals.size()> saved_;
};

}  // namespace fabriq
