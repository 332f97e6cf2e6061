// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a device allows a kernel: a configuration's array, scaled until a resource is used up, or
// until the memory cannot feed it.

#include <string>
#include <vector>

#include "call_cycles.hpp"

namespace roofline {

struct Resources {
  std::int64_t lut = 0;
  std::int64_t ff = 0;
  std::int64_t dsp = 0;
  std::int64_t bram = 0;  // BRAM_18K
};

/// A line of devices.txt.
struct Device {
  std::string name;
  Resources total;
  double megabytes_per_second = 0;
  double megahertz = 0;

  double bytes_per_cycle() const { return megabytes_per_second / megahertz; }
};

/// Throws std::runtime_error if the file cannot be read or a line is not of its form.
std::vector<Device> read_devices(const std::string &file);

/// The figures of a report of scripts/synthesize-open.sh. Throws std::runtime_error if it cannot be
/// read or has none.
Resources read_report(const std::string &file);

/// Products per cycle.
struct Limits {
  double dsp;
  double lut;
  double ff;
  double bram;
  double memory;
};

bool fits(const Resources &used, const Device &device);

/// array * total / used for each resource; for the memory array * bytes per cycle it has / bytes
/// per cycle that the shape moves while the array is never idle. \param used of the configuration
Limits limits(const CallCycles &kernel, const Resources &used, const Device &device,
              const Shape &shape);

/// "LUT": the least of the limits.
std::string least(const Limits &limits);

}  // namespace roofline
