// SPDX-License-Identifier: Apache-2.0

// XRT ends the process when something is amiss, waits for any child of the process group (and for
// ever, if somebody else has reaped it), and leaves its own child in the group. Here the child has
// a group of its own, so that all it starts can be killed, and the wait is for that child only and
// ends it after a while. It gets the changes that XRT made to its environment. exit() in the forked
// child ends the child alone. In the parent it throws: the last resort, as an exception may not
// pass all of XRT's code; the failures that can be expected (wrap_files.cpp, wrap_sockets.cpp)
// never come to it.

#include <pthread.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "connection.hpp"
#include "environment.hpp"
#include "real_calls.hpp"

namespace {

constexpr int kMillisecondsToEnd = 2000;

bool in_child = false;

}  // namespace

extern "C" pid_t __wrap_fork() {
  const driver::Environment::Changes changes = driver::Environment::instance().changes();
  const pid_t id = __real_fork();
  if (id == 0) {
    in_child = true;
    setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, nullptr);
    driver::Environment::apply(changes);
  } else if (id > 0) {
    setpgid(id, id);
    const char *socket = std::getenv("EMULATION_SOCKETID");
    driver::DeviceProcesses::instance().started(socket == nullptr ? "xcl_sock" : socket, id);
  }
  return id;
}

extern "C" pid_t __wrap_waitpid(pid_t, int *status, int) {
  if (status != nullptr) {
    *status = 0;
  }
  const auto process = driver::process_of_last_call();
  if (process == nullptr) {
    return 1;
  }
  process->end(kMillisecondsToEnd);
  return process->id();
}

extern "C" [[noreturn]] void __wrap_exit(int status) {
  if (in_child) {
    _exit(status);
  }
  throw std::runtime_error(
      "XRT's emulation driver gave up; its reason is on the standard error stream");
}
