// SPDX-License-Identifier: Apache-2.0
#include "protocol.hpp"

namespace rtl {

void check_burst(const char *bus, const Burst &burst, unsigned beat_bytes) {
  const std::string where = std::string(bus) + ": a burst of " + std::to_string(burst.length + 1) +
                            " beats at " + std::to_string(burst.address);
  if (burst.type != 1) {
    throw ProtocolViolation(where + " has type " + std::to_string(burst.type) + ", not INCR");
  }
  if ((1u << burst.size) != beat_bytes) {
    throw ProtocolViolation(where + " has size " + std::to_string(burst.size) + " on a bus of " +
                            std::to_string(beat_bytes) + " bytes");
  }
  if (burst.length > 255) {
    throw ProtocolViolation(where + " is longer than 256");
  }
  if (burst.address % beat_bytes != 0) {
    throw ProtocolViolation(where + " is not aligned to " + std::to_string(beat_bytes) + " bytes");
  }
  const std::uint64_t last = burst.address + std::uint64_t{burst.length + 1} * beat_bytes - 1;
  if (burst.address / 4096 != last / 4096) {
    throw ProtocolViolation(where + " crosses 4 KiB");
  }
}

}  // namespace rtl
