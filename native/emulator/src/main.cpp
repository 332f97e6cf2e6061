// SPDX-License-Identifier: Apache-2.0

// The device process of XRT's emulation. It serves one host, from the connection to its end:
//
//   fabriq_emulator           sw_emu: XRT starts it as genericpciemodel
//   fabriq_emulator --hw ...  hw_emu: the xclbin's simulate.sh starts it in the folder that holds
//                             embedded_metadata.xml; further arguments are XRT's and ignored
//   fabriq_simulator --hw ... the same with Verilated kernels
//
// A kernel may still run when the host has gone: its thread, and so the memory and the device, end
// with the process and never before.
//
// Status: 0 after a Close or when the host has gone, 2 if it could not begin, 3 after a request
// that is malformed or leaves the device, 4 after a kernel that left the device's memory.

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "channel.hpp"
#include "design.hpp"
#include "device.hpp"
#include "hardware_models.hpp"
#include "kernel_models.hpp"

namespace {

using namespace emulator;

constexpr auto kConnectTime = std::chrono::seconds(10);

const DeviceMemory *watched_memory = nullptr;

void on_fault(int signal, siginfo_t *info, void *) {
  if (watched_memory != nullptr && watched_memory->owns(info->si_addr)) {
    constexpr char kText[] = "fabriq_emulator: a kernel left the device's memory\n";
    const ssize_t written = write(STDERR_FILENO, kText, sizeof kText - 1);
    _exit(written < 0 ? 5 : 4);
  }
  std::signal(signal, SIG_DFL);
}

void watch_faults(const DeviceMemory &memory) {
  watched_memory = &memory;
  struct sigaction action = {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
}

std::string socket_name() {
  const char *id = std::getenv("EMULATION_SOCKETID");
  return id == nullptr ? "xcl_sock" : id;
}

/// Until the host closes the device. Throws HostGone if it goes without that.
void serve(Channel &host, Device &device) {
  try {
    Request request;
    while (!device.closed()) {
      if (!host.receive(&request)) {
        throw HostGone("the host has gone");
      }
      host.answer(device.answer(request));
    }
  } catch (...) {
    device.end();
    throw;
  }
}

void serve_software(DeviceMemory &memory) {
  Channel host(socket_path(socket_name()), kConnectTime);
  serve(host, *new Device(Mode::kSoftware, memory, nullptr));
}

void serve_hardware(DeviceMemory &memory) {
  auto units = std::make_unique<ComputeUnits>(read_design(read_text("embedded_metadata.xml")),
                                              hardware_models(memory));
  Channel to_host_memory(socket_path("D2X_unix_sock_" + socket_name()), kConnectTime);
  Channel host(socket_path(socket_name()), kConnectTime, true);
  serve(host, *new Device(Mode::kHardware, memory, std::move(units)));
  to_host_memory.request(Api::kClose);
}

int run(bool hardware) {
  try {
    DeviceMemory &memory = *new DeviceMemory;
    watch_faults(memory);
    hardware ? serve_hardware(memory) : serve_software(memory);
    return 0;
  } catch (const HostGone &) {
    return 0;
  } catch (const ProtocolError &error) {
    std::cerr << "fabriq_emulator: " << error.what() << std::endl;
    return 3;
  } catch (const std::exception &error) {
    std::cerr << "fabriq_emulator: " << error.what() << std::endl;
    return 2;
  }
}

}  // namespace

int main(int argc, char **argv) {
  std::signal(SIGPIPE, SIG_IGN);
  _exit(run(argc > 1 && std::strcmp(argv[1], "--hw") == 0));
}
