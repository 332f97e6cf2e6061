// SPDX-License-Identifier: Apache-2.0
#include "device_library.hpp"

#include <dlfcn.h>

#include <cstring>

namespace fabriq {
namespace {

const char *last_loading_error() {
  const char *text = dlerror();
  return text == nullptr ? "unknown reason" : text;
}

}  // namespace

const std::string &library_directory() {
  static const std::string directory = [] {
    Dl_info info = {};
    dladdr(reinterpret_cast<const void *>(&fabriq_version), &info);
    const std::string file = info.dli_fname == nullptr ? "" : info.dli_fname;
    const std::size_t slash = file.rfind('/');
    return slash == std::string::npos ? std::string(".") : file.substr(0, slash);
  }();
  return directory;
}

const DeviceTable &load_device_library(const std::string &file, const std::string &remedy) {
  const std::string path = library_directory() + "/" + file;
  void *const library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    throw Error(FABRIQ_UNAVAILABLE,
                "cannot load " + file + " (" + last_loading_error() + "); " + remedy);
  }
  const auto *table = static_cast<const DeviceTable *>(dlsym(library, kDeviceTableSymbol));
  const char *const build = table == nullptr || table->build == nullptr ? "unknown" : table->build;
  if (std::strcmp(build, FABRIQ_VERSION) != 0) {
    throw Error(FABRIQ_UNAVAILABLE, path + " is of version " + build +
                                        ", not " FABRIQ_VERSION
                                        "; install both libraries from the same build");
  }
  return *table;
}

}  // namespace fabriq
