// SPDX-License-Identifier: Apache-2.0
#include "simulation_options.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "error.hpp"
#include "fabriq/byte_count.hpp"
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

std::string trace_limits() {
  return bytes_text(kTraceLimitLeast) + ".." + bytes_text(kTraceLimitGreatest);
}

std::string byte_limit(const std::string &text, bool traced) {
  const std::string option = std::string("option ") + kTraceLimitOption + " is \"" + text + "\"";
  if (!traced) {
    throw Error(FABRIQ_UNKNOWN_DEVICE, option + ", but no waveforms are asked for; give " +
                                           kTraceOption + "=FILE too, or leave it out");
  }
  const std::uint64_t bytes = parse_bytes(text);
  if (bytes < kTraceLimitLeast || bytes > kTraceLimitGreatest) {
    throw Error(FABRIQ_UNKNOWN_DEVICE,
                option + "; give bytes, " + trace_limits() + ", as 256M (K, M, G)");
  }
  return std::to_string(bytes);
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
  const std::string limit = uri.take_text(kTraceLimitOption);
  if (!limit.empty()) {
    variables.emplace_back(kTraceLimitVariable, byte_limit(limit, !file.empty()));
  }
  return variables;
}

std::string simulation_options() {
  std::string text;
  for (const SimulationSetting &setting : kSimulationSettings) {
    text += std::string(setting.option) + "=" + std::to_string(setting.least) + ".." +
            std::to_string(setting.greatest) + ", ";
  }
  return text + kTraceOption + "=FILE, " + kTraceLimitOption + "=" + trace_limits();
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
