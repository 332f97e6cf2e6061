// SPDX-License-Identifier: Apache-2.0
#include "emulation_environment.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>

#include "environment_variables.hpp"
#include "error.hpp"
#include "stale_files.hpp"
#include "xrt_root.hpp"

namespace fabriq {
namespace {

constexpr std::size_t kSocketPathLimit = 106;

/// What XRT appends to /tmp/USER/: a prefix, the device's name, two counters and the process id.
constexpr std::size_t kSocketNameBytes = 64;

/// Names the directory that these variables lead to, for child processes that inherit them.
constexpr const char *kRootVariable = "FABRIQ_XRT_ROOT";

constexpr const char *kOverrides[] = {"XILINX_SDX", "XILINX_OPENCL", "XILINX_HLS", "XILINX_VIVADO",
                                      "XILINX_SCOUT"};
constexpr const char *kSet[] = {"XCL_EMULATION_MODE", "XILINX_XRT",    "XILINX_VITIS",
                                "SDACCEL_EM_RUN_DIR", "EMCONFIG_PATH", "XRT_INI_PATH",
                                "OCL_ICD_VENDORS",    kRootVariable};

[[noreturn]] void unavailable(const std::string &text) { throw Error(FABRIQ_UNAVAILABLE, text); }

std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::string own_user() { return "fabriq-" + std::to_string(geteuid()); }

/// XRT's sockets lie in /tmp/USER.
void prepare_socket_directory() {
  std::string user = variable("USER");
  if (user.empty()) {
    user = own_user();
    set_variable("USER", user);
    std::atexit([] { rmdir(("/tmp/" + own_user()).c_str()); });  // if it is empty
  }
  const std::string directory = "/tmp/" + user;
  const std::size_t limit = kSocketPathLimit - kSocketNameBytes;
  if (directory.size() + 1 > limit || user.find('/') != std::string::npos) {
    unavailable("the environment variable USER is \"" + user +
                "\"; XRT puts sockets into /tmp/USER/, " + "so it must have no slash and at most " +
                std::to_string(limit - 6) + " bytes: set a shorter one");
  }
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) {
    unavailable("cannot make " + directory + " (" + std::strerror(errno) +
                "), where XRT puts its sockets; make it, or set USER to another name");
  }
  if (access(directory.c_str(), W_OK | X_OK) != 0) {
    unavailable(directory + ", where XRT puts its sockets, is not writable (" +
                std::strerror(errno) + "); remove it, or set USER to another name");
  }
  remove_stale_sockets(directory);
}

bool is_on_path(const std::string &program) {
  const std::string path = variable("PATH") + ":";
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = path.find(':', begin);
    if (access((path.substr(begin, end - begin) + "/" + program).c_str(), X_OK) == 0) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

/// A child process of one that emulates has inherited variables that lead to its parent's
/// directory.
void forget_inherited() {
  if (std::getenv(kRootVariable) != nullptr) {
    for (const char *name : kSet) {
      remove_variable(name);
    }
  }
}

void set_environment(Emulation emulation, const XrtRoot &root) {
  for (const char *name : kOverrides) {
    remove_variable(name);
  }
  set_variable(kRootVariable, root.path());
  set_variable("XCL_EMULATION_MODE", emulation_name(emulation));
  set_variable("XILINX_XRT", root.path());
  set_variable("XILINX_VITIS", root.path());
  set_variable("SDACCEL_EM_RUN_DIR", root.path() + "/run");
  set_variable("EMCONFIG_PATH", root.path());
  if (std::getenv("XRT_INI_PATH") == nullptr) {  // a user may have settings of their own
    set_variable("XRT_INI_PATH", root.path() + "/xrt.ini");
  }
  set_variable("OCL_ICD_VENDORS", root.path() + "/vendors");
}

/// \return XRT's directory, if it is one of FabriQ's
std::optional<XrtRoot> prepare(Emulation emulation) {
  forget_inherited();
  if (emulation == Emulation::kNone) {
    if (std::getenv("XILINX_XRT") != nullptr) {
      return std::nullopt;
    }
    XrtRoot root = XrtRoot::make(emulation);
    set_variable(kRootVariable, root.path());
    set_variable("XILINX_XRT", root.path());
    return root;
  }
  if (emulation == Emulation::kHardware && !is_on_path("unzip")) {
    unavailable(
        "the program unzip is not in PATH, and XRT unpacks hw_emu xclbins with it; install "
        "the package unzip");
  }
  XrtRoot root = XrtRoot::make(emulation);
  set_environment(emulation, root);
  return root;
}

}  // namespace

void enter_xrt_mode(Emulation emulation) {
  static std::mutex mutex;
  static bool entered = false;
  static Emulation mode;
  static auto &root = *new std::optional<XrtRoot>;
  const std::lock_guard<std::mutex> lock(mutex);
  if (entered && mode != emulation) {
    unavailable(std::string("this process uses XRT in mode ") + emulation_name(mode) +
                ", which XRT fixes once per process; use " + emulation_name(emulation) +
                " in another process");
  }
  if (!entered) {
    root = prepare(emulation);
    mode = emulation;
    entered = true;
  } else if (root) {
    root->repair();
  }
  if (emulation != Emulation::kNone) {
    prepare_socket_directory();
  }
}

}  // namespace fabriq
