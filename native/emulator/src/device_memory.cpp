// SPDX-License-Identifier: Apache-2.0
#include "device_memory.hpp"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "wire.hpp"

namespace emulator {
namespace {

// The largest operand that the kernels' limits allow is 2^20 rows of 2^19 bytes.
constexpr std::uint64_t kGuardBytes = std::uint64_t{1} << 40;
constexpr std::size_t kReserved = DeviceMemory::kBytes + kGuardBytes;

}  // namespace

DeviceMemory::DeviceMemory() {
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *reserved = mmap(nullptr, kReserved, PROT_NONE, kFlags, -1, 0);
  if (reserved == MAP_FAILED || mprotect(reserved, kBytes, PROT_READ | PROT_WRITE) != 0) {
    throw std::runtime_error(std::string("cannot reserve the device's memory: ") +
                             std::strerror(errno) + "; allow overcommit (vm.overcommit_memory) " +
                             "and an unlimited address space (ulimit -v)");
  }
  base_ = static_cast<std::uint8_t *>(reserved);
}

DeviceMemory::~DeviceMemory() { munmap(base_, kReserved); }

std::uint8_t *DeviceMemory::at(std::uint64_t address, std::uint64_t bytes) {
  if (address > kBytes || bytes > kBytes - address) {
    throw ProtocolError(std::to_string(bytes) + " bytes at device address " +
                        std::to_string(address) + " leave the memory of " + std::to_string(kBytes) +
                        " bytes");
  }
  return base_ + address;
}

void DeviceMemory::write(std::uint64_t address, std::string_view bytes) {
  std::uint8_t *to = at(address, bytes.size());
  if (!bytes.empty()) {
    std::memcpy(to, bytes.data(), bytes.size());
  }
}

bool DeviceMemory::owns(const void *pointer) const {
  const auto address = reinterpret_cast<std::uintptr_t>(pointer);
  const auto base = reinterpret_cast<std::uintptr_t>(base_);
  return address >= base && address - base < kReserved;
}

}  // namespace emulator
