// SPDX-License-Identifier: Apache-2.0

// fabriq_emulate MODE COMMAND [ARGUMENT ...]: runs a host program of XRT or of its OpenCL in an
// emulation, sw_emu or hw_emu: with the environment, the drivers and the device process of FabriQ.
// Ends with the status of the program, 128 + n if signal n ended it, 2 if it could not begin.

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "emulation_environment.hpp"
#include "error.hpp"

namespace {

constexpr int kWrongInput = 2;

pid_t program = 0;

int fail(const std::string &text) {
  std::cerr << "fabriq_emulate: " << text << std::endl;
  return kWrongInput;
}

/// This process stays to remove XRT's directory; what should end it ends the program.
void pass_signals_on() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {};
    action.sa_handler = [](int number) { kill(program, number); };
    sigaction(signal, &action, nullptr);
  }
}

int run(char **command) {
  program = fork();
  if (program == 0) {
    execvp(command[0], command);
    const int status = fail(std::string("cannot run ") + command[0] + ": " + std::strerror(errno));
    _exit(status);
  }
  if (program < 0) {
    return fail(std::string("cannot make a process: ") + std::strerror(errno));
  }
  pass_signals_on();
  int status = 0;
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

int main(int argc, char **argv) {
  const std::string mode = argc < 3 ? "" : argv[1];
  if (mode != "sw_emu" && mode != "hw_emu") {
    return fail("usage: fabriq_emulate sw_emu|hw_emu COMMAND [ARGUMENT ...]");
  }
  try {
    fabriq::enter_xrt_mode(mode == "sw_emu" ? fabriq::Emulation::kSoftware
                                            : fabriq::Emulation::kHardware);
  } catch (const fabriq::Error &error) {
    return fail(error.what());
  }
  return run(argv + 2);
}
