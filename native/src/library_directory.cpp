// SPDX-License-Identifier: Apache-2.0
#include "library_directory.hpp"

#include <dlfcn.h>

#include <filesystem>

namespace fabriq {

const std::string &library_directory() {
  static const std::string directory = [] {
    namespace fs = std::filesystem;
    Dl_info info = {};
    dladdr(reinterpret_cast<const void *>(&library_directory), &info);
    fs::path file = info.dli_fname == nullptr ? "" : info.dli_fname;
    if (!file.has_parent_path()) {  // a program that the shell found in PATH
      std::error_code unknown;
      file = fs::read_symlink("/proc/self/exe", unknown);
    }
    return file.has_parent_path() ? file.parent_path().string() : std::string(".");
  }();
  return directory;
}

}  // namespace fabriq
