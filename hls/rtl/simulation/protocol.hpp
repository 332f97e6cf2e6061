// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rules of AXI4 that are checked at every rising edge of the clock.

#include <cstdint>
#include <stdexcept>
#include <string>

namespace rtl {

/// The simulated kernel broke a rule of its bus.
class ProtocolViolation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What a master sends with a read or write address.
struct Burst {
  std::uint64_t address = 0;
  unsigned length = 0;  // beats less one
  unsigned size = 0;    // log2 of a beat's bytes
  unsigned type = 0;    // 1: incrementing

  bool operator==(const Burst &other) const {
    return address == other.address && length == other.length && size == other.size &&
           type == other.type;
  }
};

/// Throws ProtocolViolation unless the burst is incrementing, of whole aligned beats of the bus's
/// width, and inside one 4 KiB page.
void check_burst(const char *bus, const Burst &burst, unsigned beat_bytes);

/// Sees to it that a channel's valid and payload stay until they are taken.
/// \tparam Payload has operator==
template <typename Payload>
class StableChannel {
 public:
  explicit StableChannel(std::string name) : name_(std::move(name)) {}

  /// Call once per rising edge. Throws ProtocolViolation.
  void check(bool valid, bool ready, const Payload &payload) {
    if (waiting_ && !valid) {
      throw ProtocolViolation(name_ + ": valid fell before ready");
    }
    if (waiting_ && !(payload == payload_)) {
      throw ProtocolViolation(name_ + ": the payload changed before ready");
    }
    waiting_ = valid && !ready;
    payload_ = payload;
  }

  /// After a reset nothing waits.
  void forget() { waiting_ = false; }

 private:
  std::string name_;
  bool waiting_ = false;
  Payload payload_{};
};

}  // namespace rtl
