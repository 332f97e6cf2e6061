// SPDX-License-Identifier: Apache-2.0
#include "device_library.hpp"

#include <dlfcn.h>

#include <cstring>

#include "library_directory.hpp"

namespace fabriq {
namespace {

const char *last_loading_error() {
  const char *text = dlerror();
  return text == nullptr ? "unknown reason" : text;
}

}  // namespace

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
