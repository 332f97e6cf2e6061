// SPDX-License-Identifier: Apache-2.0
#include "memory_setting.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "fabriq/byte_count.hpp"
#include "fabriq/simulation_settings.hpp"

namespace emulator {
namespace {

/// \return 0 if the environment has no value
int value_of(const fabriq::SimulationSetting &setting) {
  const char *text = std::getenv(setting.variable);
  if (text == nullptr) {
    return 0;
  }
  char *end = nullptr;
  const long value = std::strtol(text, &end, 10);
  if (end == text || *end != '\0' || value < setting.least || value > setting.greatest) {
    throw std::runtime_error(std::string(setting.variable) + " is \"" + text + "\"; give " +
                             std::to_string(setting.least) + " to " +
                             std::to_string(setting.greatest));
  }
  return static_cast<int>(value);
}

}  // namespace

rtl::MemoryTiming memory_setting() {
  rtl::MemoryTiming timing;
  if (const int cycles = value_of(fabriq::kMemoryLatency)) {
    timing.read_latency = cycles;
  }
  if (const int percent = value_of(fabriq::kMemoryBandwidth)) {
    timing.beats_per_cycle = percent / 100.0;
  }
  if (const int bytes = value_of(fabriq::kMemoryShared)) {
    timing.bytes_per_cycle = bytes;
  }
  return timing;
}

std::uint64_t trace_limit_setting() {
  const char *text = std::getenv(fabriq::kTraceLimitVariable);
  if (text == nullptr) {
    return fabriq::kTraceLimitDefault;
  }
  const std::uint64_t bytes = fabriq::parse_bytes(text);
  if (bytes < fabriq::kTraceLimitLeast || bytes > fabriq::kTraceLimitGreatest) {
    throw std::runtime_error(std::string(fabriq::kTraceLimitVariable) + " is \"" + text +
                             "\"; give " + fabriq::bytes_text(fabriq::kTraceLimitLeast) + " to " +
                             fabriq::bytes_text(fabriq::kTraceLimitGreatest));
  }
  return bytes;
}

}  // namespace emulator
