// SPDX-License-Identifier: Apache-2.0
#pragma once

// The device's memory: addresses 0 to kBytes, sparse, zero at first. Behind it lies room that
// belongs to nobody, so that a kernel which runs past the end ends the process instead of reading
// something else. Different threads may use different parts at once.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace emulator {

class DeviceMemory {
 public:
  static constexpr std::uint64_t kBytes = std::uint64_t{64} << 30;

  /// Throws std::runtime_error if the address space cannot be reserved.
  DeviceMemory();
  ~DeviceMemory();
  DeviceMemory(const DeviceMemory &) = delete;
  DeviceMemory &operator=(const DeviceMemory &) = delete;

  /// `bytes` bytes from a device address. Throws ProtocolError if they are not all inside.
  std::uint8_t *at(std::uint64_t address, std::uint64_t bytes);

  void write(std::uint64_t address, std::string_view bytes);

  /// Whether a pointer lies in the memory or in the room behind it. Async-signal-safe.
  bool owns(const void *pointer) const;

 private:
  std::uint8_t *base_;
};

}  // namespace emulator
