// SPDX-License-Identifier: Apache-2.0

// hw_emu's scheduler writes every register of a kernel by a call of its own, some 25 us each,
// before it starts the kernel. Here writes of one register that follow each other become one call,
// which goes out before the thread's next access of another kind, at the latest the start.
//
// The scheduler asks a kernel's status register whether it is done, lets it continue, notes the end
// of the run, and then asks the next kernel or waits for a command. There others learn of the end.

#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "run_events.hpp"

// HwEmShim::xclWrite(xclAddressSpace, unsigned long, const void *, size_t), and xclRead
#define SHIM_WRITE _ZN11xclhwemhal28HwEmShim8xclWriteE15xclAddressSpacemPKvm
#define SHIM_READ _ZN11xclhwemhal28HwEmShim7xclReadE15xclAddressSpacemPvm
#define JOIN(a, b) a##b
#define EXPAND(a, b) JOIN(a, b)
#define WRAPPED(name) EXPAND(__wrap_, name)
#define REAL(name) EXPAND(__real_, name)

extern "C" std::size_t REAL(SHIM_WRITE)(void *shim, int space, std::uint64_t address,
                                        const void *from, std::size_t size);
extern "C" std::size_t REAL(SHIM_READ)(void *shim, int space, std::uint64_t address, void *to,
                                       std::size_t size);
extern "C" int __real_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                             clockid_t clock, const timespec *time);

namespace {

constexpr int kRegisters = 2;  // XCL_ADDR_KERNEL_CTRL
constexpr std::size_t kRegisterBytes = 4;
constexpr std::uint64_t kRangeMask = 0xFFFF;
constexpr std::uint64_t kFirstArgument = 0x10;
constexpr unsigned char kDone = 2;

struct JoinedWrites {
  void *shim = nullptr;
  std::uint64_t address = 0;
  std::vector<unsigned char> bytes;

  void flush() {
    if (!bytes.empty()) {
      const std::vector<unsigned char> all = std::move(bytes);
      bytes.clear();
      REAL(SHIM_WRITE)(shim, kRegisters, address, all.data(), all.size());
    }
  }
};

thread_local JoinedWrites joined;
thread_local bool saw_done = false;

/// \return whether there was something to tell
bool tell_of_done() {
  if (!saw_done) {
    return false;
  }
  saw_done = false;
  driver::RunEvents::instance().run_done();
  return true;
}

}  // namespace

extern "C" std::size_t WRAPPED(SHIM_WRITE)(void *shim, int space, std::uint64_t address,
                                           const void *from, std::size_t size) {
  const bool argument =
      space == kRegisters && size == kRegisterBytes && (address & kRangeMask) >= kFirstArgument;
  if (!argument || shim != joined.shim || address != joined.address + joined.bytes.size()) {
    joined.flush();
  }
  if (!argument) {
    return REAL(SHIM_WRITE)(shim, space, address, from, size);
  }
  if (joined.bytes.empty()) {
    joined.shim = shim;
    joined.address = address;
  }
  const auto *bytes = static_cast<const unsigned char *>(from);
  joined.bytes.insert(joined.bytes.end(), bytes, bytes + size);
  return size;
}

extern "C" std::size_t WRAPPED(SHIM_READ)(void *shim, int space, std::uint64_t address, void *to,
                                          std::size_t size) {
  joined.flush();
  tell_of_done();
  const std::size_t count = REAL(SHIM_READ)(shim, space, address, to, size);
  saw_done = space == kRegisters && (address & kRangeMask) == 0 && size >= kRegisterBytes &&
             (*static_cast<const unsigned char *>(to) & kDone) != 0;
  return count;
}

extern "C" int __wrap_pthread_cond_clockwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                             clockid_t clock, const timespec *time) {
  // After telling, a new command may be there; XRT looks for one after each return, but may lose
  // the signal of one that comes between its look and the wait, and then waits 20 ms.
  return tell_of_done() ? 0 : __real_pthread_cond_clockwait(condition, mutex, clock, time);
}
