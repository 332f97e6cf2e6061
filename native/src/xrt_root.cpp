// SPDX-License-Identifier: Apache-2.0
#include "xrt_root.hpp"

#include <dlfcn.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "error.hpp"
#include "library_directory.hpp"
#include "stale_files.hpp"

namespace fabriq {
namespace {

namespace fs = std::filesystem;

constexpr const char *kCommonLibrary = "libxrt_coreutil.so.2";
constexpr const char *kModel = "data/emulation/unified/cpu_em/generic_pcie/model/genericpciemodel";

constexpr const char *kConfiguration =
    R"({"Version": {"FileVersion": "2.0"},
 "Platform": {"UnifiedPlatform": "true", "ExpandedPR": "false", "Boards": [
  {"NumBoards": "1", "Devices": [
   {"Name": "fabriq_emulation", "DataAlignment": "4096", "OclFreqency": "300", "NumDevices": "16",
    "DdrBanks": [{"Size": "16GB"}]}]}]}}
)";

/// sws=false: XRT 2.13's own scheduler loses wake-ups, so that a wait can outlast its time-out, and
/// stops the process by an assertion after faults. system_dpa: its thread delays every close.
constexpr const char *kSettings =
    "[Runtime]\nsws=false\nruntime_log=null\n"
    "[Emulation]\nsystem_dpa=false\nkeep_run_dir=false\n"
    "print_infos_in_console=false\nprint_warnings_in_console=false\n";

[[noreturn]] void unavailable(const std::string &text) { throw Error(FABRIQ_UNAVAILABLE, text); }

constexpr const char *kNameStart = "fabriq-xrt-";

/// Of the directory to remove. Not a std::string: it is read while the process exits.
char *removed_at_exit = nullptr;
pid_t owner = 0;

void remove_root() {
  if (removed_at_exit != nullptr && getpid() == owner) {
    std::error_code ignored;
    fs::remove_all(removed_at_exit, ignored);
  }
}

/// Where the dynamic loader finds XRT.
std::string xrt_directory() {
  void *const library = dlopen(kCommonLibrary, RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) {
    const char *reason = dlerror();
    unavailable(std::string("cannot load ") + kCommonLibrary + " (" +
                (reason == nullptr ? "unknown reason" : reason) +
                "); install XRT, in Debian the package libxrt1");
  }
  link_map *map = nullptr;
  dlinfo(library, RTLD_DI_LINKMAP, &map);
  return fs::path(map->l_name).parent_path().string();
}

std::string temporary_directory() {
  const char *set = std::getenv("TMPDIR");
  return set == nullptr || *set == '\0' ? "/tmp" : set;
}

std::string require(const std::string &file, const std::string &remedy) {
  const std::string path = library_directory() + "/" + file;
  if (access(path.c_str(), R_OK) != 0) {
    unavailable(path + " is missing (" + std::strerror(errno) + "); " + remedy);
  }
  return fs::absolute(path).string();
}

}  // namespace

void XrtRoot::link(const std::string &target, const std::string &name) const {
  std::error_code exists;
  fs::create_symlink(target, path_ + "/" + name, exists);
  if (exists && exists != std::errc::file_exists) {
    throw fs::filesystem_error("cannot make a link", target, name, exists);
  }
}

void XrtRoot::write(const std::string &name, const std::string &text) const {
  if (fs::exists(path_ + "/" + name)) {
    return;
  }
  std::ofstream file(path_ + "/" + name);
  file << text;
  if (!file.flush()) {
    unavailable("cannot write " + path_ + "/" + name + "; free space there, or set TMPDIR");
  }
}

void XrtRoot::link_xrt() const {
  fs::create_directory(path_ + "/lib");
  const std::string left_out = fs::path(parts_.driver).filename().string();
  for (const fs::directory_entry &entry : fs::directory_iterator(parts_.xrt)) {
    const std::string name = entry.path().filename().string();
    const bool library = name.rfind("libxrt", 0) == 0 || name.rfind("libxdp", 0) == 0 ||
                         name.rfind("libxilinxopencl", 0) == 0 || name.rfind("libsched_em", 0) == 0;
    if ((library && name != left_out) || name == "xrt") {
      link(entry.path().string(), "lib/" + name);
    }
  }
}

void XrtRoot::add_emulation() const {
  fs::create_directory(path_ + "/run");
  fs::create_directory(path_ + "/vendors");
  fs::create_directories(fs::path(path_ + "/" + kModel).parent_path());
  link(parts_.driver, "lib/" + fs::path(parts_.driver).filename().string());
  link(parts_.emulator, kModel);
  write("emconfig.json", kConfiguration);
  write("xrt.ini", kSettings);
  write("vendors/xilinx.icd", "libxilinxopencl.so.2\n");
}

void XrtRoot::fill() const {
  try {
    link_xrt();
    if (!parts_.driver.empty()) {
      add_emulation();
    }
  } catch (const fs::filesystem_error &error) {
    unavailable(std::string("cannot prepare XRT's directory (") + error.what() +
                "); set TMPDIR to a directory that is writable and has space");
  }
}

XrtRoot XrtRoot::make(Emulation emulation) {
  const bool emulated = emulation != Emulation::kNone;
  const char *remedy =
      "in a checkout of FabriQ run scripts/setup.sh --xrt and build again, or use a whole FabriQ";
  Parts parts;
  if (emulated) {
    parts.driver = require(
        emulation == Emulation::kSoftware ? "libxrt_swemu.so.2" : "libxrt_hwemu.so.2", remedy);
    parts.emulator = require("fabriq_emulator", remedy);
  }
  owner = getpid();
  std::atexit(remove_root);  // before XRT is loaded, so that it runs after XRT's own end
  parts.xrt = xrt_directory();

  const std::string parent = temporary_directory();
  remove_stale_directories(parent, kNameStart);
  std::string path = parent + "/" + kNameStart + std::to_string(getpid()) + "-XXXXXX";
  if (mkdtemp(path.data()) == nullptr) {
    unavailable("cannot make a directory " + path + " (" + std::strerror(errno) +
                "); set TMPDIR to a directory that is writable");
  }
  const int locked = lock_directory(path);
  XrtRoot root(path, std::move(parts));
  try {
    root.fill();
  } catch (const Error &) {
    std::error_code ignored;
    fs::remove_all(path, ignored);
    close(locked);
    throw;
  }
  removed_at_exit = strdup(path.c_str());
  return root;
}

void XrtRoot::repair() const {
  if (mkdir(path_.c_str(), 0700) == 0) {
    lock_directory(path_);
  } else if (errno != EEXIST) {
    unavailable("cannot make " + path_ + " again (" + std::strerror(errno) +
                "); do not remove it while the process runs");
  }
  fill();
}

}  // namespace fabriq
