// SPDX-License-Identifier: Apache-2.0
#pragma once

// How fast a simulated memory is. The defaults are those of a Zynq-7020 board with the kernel at
// 100 MHz: 64-bit HP ports, each of which moves a beat per cycle, before 32 bits of DDR3-1066, of
// which the controller reaches 75 % (UG585, 22.3.2): 1066 MT/s * 4 bytes * 0.75 / 100 MHz = 32
// bytes per cycle, just what a kernel's four ports can move.

#include <algorithm>
#include <cstdint>

namespace rtl {

struct MemoryTiming {
  int read_latency = 30;        // cycles from an address to its first beat
  int write_latency = 20;       // cycles from a burst's last beat to its response
  double beats_per_cycle = 1;   // of a port, at most 1
  double bytes_per_cycle = 32;  // of a kernel's ports together
  double stall = 0;        // probability, per cycle and channel, that ready or valid is withheld
  std::uint64_t seed = 1;  // of the stalls
  bool address_with_data = false;  // a write's address is taken only when data are offered too
};

/// What a kernel's ports may move together. A beat may begin while anything is left; what it takes
/// beyond that is missing in the next cycles.
class SharedBandwidth {
 public:
  explicit SharedBandwidth(double bytes_per_cycle) : rate_(bytes_per_cycle) {}

  /// One cycle passes: calls drive(port) for each of the ports, first for the one after the last
  /// that found anything left.
  template <typename Drive>
  void cycle(unsigned ports, Drive drive) {
    left_ = std::min(left_ + rate_, rate_);
    const unsigned first = first_;
    for (unsigned i = 0; i < ports; ++i) {
      const unsigned port = (first + i) % ports;
      if (any()) {
        first_ = (port + 1) % ports;
      }
      drive(port);
    }
  }

  bool any() const { return left_ > 0; }

  void spend(unsigned bytes) { left_ -= bytes; }

 private:
  double rate_;
  double left_ = 0;
  unsigned first_ = 0;
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
