// SPDX-License-Identifier: Apache-2.0
#include "simulation_options.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "error.hpp"
#include "fabriq/simulation_settings.hpp"

namespace fabriq {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void reject(const fs::path &file, const std::string &why) {
  throw Error(FABRIQ_UNKNOWN_DEVICE,
              std::string("option ") + kTraceOption + " is \"" + file.string() + "\", but " + why +
                  "; name a file in a folder that is there and writable, as /tmp/kernels.fst");
}

std::string writable_file(const std::string &text) {
  std::error_code error;
  const fs::path file = fs::absolute(text, error).lexically_normal();
  const fs::path folder = file.parent_path();
  if (!fs::is_directory(folder, error)) {
    reject(file, folder.string() + " is no folder");
  }
  if (fs::is_directory(file, error)) {
    reject(file, "that is a folder");
  }
  const fs::path &written = fs::exists(file, error) ? file : folder;
  if (access(written.c_str(), W_OK) != 0) {
    reject(file, written.string() + " cannot be written (" + std::strerror(errno) + ")");
  }
  return file.string();
}

}  // namespace

Variables take_simulation_options(DeviceUri &uri) {
  Variables variables;
  for (const SimulationSetting &setting : kSimulationSettings) {
    const int value = uri.take_integer(setting.option, 0, setting.least, setting.greatest);
    if (value != 0) {
      variables.emplace_back(setting.variable, std::to_string(value));
    }
  }
  const std::string file = uri.take_text(kTraceOption);
  if (!file.empty()) {
    variables.emplace_back(kTraceVariable, writable_file(file));
  }
  return variables;
}

std::string simulation_options() {
  std::string text;
  for (const SimulationSetting &setting : kSimulationSettings) {
    text += std::string(setting.option) + "=" + std::to_string(setting.least) + ".." +
            std::to_string(setting.greatest) + ", ";
  }
  return text + kTraceOption + "=FILE";
}

ScopedVariables::ScopedVariables(const Variables &variables) {
  for (const auto &[name, value] : variables) {
    const char *old = std::getenv(name.c_str());
    if (old == nullptr) {
      absent_.push_back(name);
    } else {
      before_.emplace_back(name, old);
    }
    setenv(name.c_str(), value.c_str(), 1);
  }
}

ScopedVariables::~ScopedVariables() {
  for (const auto &[name, value] : before_) {
    setenv(name.c_str(), value.c_str(), 1);
  }
  for (const std::string &name : absent_) {
    unsetenv(name.c_str());
  }
}

}  // namespace fabriq
