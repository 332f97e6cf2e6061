// SPDX-License-Identifier: Apache-2.0
#pragma once

// How fast a simulated memory is, at one port. The defaults are those of DDR3 behind a 64-bit HP
// port of a Zynq-7000 at 100 MHz: the DRAM is faster than the port, so a beat comes in each cycle.

#include <cstdint>

namespace rtl {

struct MemoryTiming {
  int read_latency = 30;       // cycles from an address to its first beat
  int write_latency = 20;      // cycles from a burst's last beat to its response
  double beats_per_cycle = 1;  // at most 1
  double stall = 0;        // probability, per cycle and channel, that ready or valid is withheld
  std::uint64_t seed = 1;  // of the stalls
};

/// Draws the stalls of a channel and counts what its bandwidth allows.
class Pace {
 public:
  Pace(const MemoryTiming &timing, std::uint64_t stream)
      : timing_(timing), state_(timing.seed * 0x9E3779B97F4A7C15u + stream) {}

  /// One cycle passes. \return whether the channel may move a beat
  bool next() {
    credit_ = credit_ < 1 ? credit_ + timing_.beats_per_cycle : credit_;
    return credit_ >= 1 && !stalled();
  }

  void spend() { credit_ -= 1; }

  /// Xorshift64* (Vigna 2016).
  bool stalled() {
    if (timing_.stall == 0) {
      return false;
    }
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<double>((state_ * 0x2545F4914F6CDD1Du) >> 11) * 0x1p-53 < timing_.stall;
  }

 private:
  MemoryTiming timing_;
  std::uint64_t state_;
  double credit_ = 0;
};

}  // namespace rtl
