// SPDX-License-Identifier: Apache-2.0
#pragma once

// What can be set of simulated kernels (fabriq_simulator): by options of a device's address, which
// reach the device process as environment variables, or by these variables themselves.

#include <cstdint>

namespace fabriq {

/// An integer.
struct SimulationSetting {
  const char *option;    // of an address
  const char *variable;  // of the environment
  int least;
  int greatest;
};

/// Cycles from a read address to its first beat.
constexpr SimulationSetting kMemoryLatency = {"latency", "FABRIQ_MEMORY_LATENCY", 1, 10000};

/// Percent of its cycles in which a port moves a beat.
constexpr SimulationSetting kMemoryBandwidth = {"bandwidth", "FABRIQ_MEMORY_BANDWIDTH", 1, 100};

/// Bytes per cycle that a kernel's ports move together.
constexpr SimulationSetting kMemoryShared = {"shared", "FABRIQ_MEMORY_SHARED", 1, 4096};

constexpr SimulationSetting kSimulationSettings[] = {kMemoryLatency, kMemoryBandwidth,
                                                     kMemoryShared};

/// The file to which waveforms go, as FST; absolute in the variable.
constexpr const char *kTraceOption = "trace";
constexpr const char *kTraceVariable = "FABRIQ_TRACE";

/// The bytes that this file stays within, as of fabriq/byte_count.hpp; only with a file.
constexpr const char *kTraceLimitOption = "trace-limit";
constexpr const char *kTraceLimitVariable = "FABRIQ_TRACE_LIMIT";
constexpr std::uint64_t kTraceLimitDefault = std::uint64_t{256} << 20;
constexpr std::uint64_t kTraceLimitLeast = std::uint64_t{8} << 20;
constexpr std::uint64_t kTraceLimitGreatest = std::uint64_t{1} << 40;

}  // namespace fabriq
