// SPDX-License-Identifier: Apache-2.0
#include "memory_setting.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace emulator {
namespace {

int setting(const char *name, int standard, int limit) {
  const char *text = std::getenv(name);
  if (text == nullptr) {
    return standard;
  }
  char *end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (end == text || *end != '\0' || value < 1 || value > limit) {
    throw std::runtime_error(std::string(name) + " is \"" + text + "\"; give 1 to " +
                             std::to_string(limit));
  }
  return static_cast<int>(value);
}

}  // namespace

rtl::MemoryTiming memory_setting() {
  rtl::MemoryTiming timing;
  timing.read_latency = setting("FABRIQ_MEMORY_LATENCY", timing.read_latency, 10000);
  timing.beats_per_cycle = setting("FABRIQ_MEMORY_BANDWIDTH", 100, 100) / 100.0;
  return timing;
}

}  // namespace emulator
