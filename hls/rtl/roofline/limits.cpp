// SPDX-License-Identifier: Apache-2.0
#include "limits.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <regex>
#include <sstream>
#include <stdexcept>

namespace roofline {
namespace {

std::string read(const std::string &file) {
  std::ifstream stream(file);
  if (!stream) {
    throw std::runtime_error("cannot read " + file);
  }
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

double scaled(std::int64_t array, std::int64_t total, std::int64_t used) {
  return used == 0
             ? std::numeric_limits<double>::infinity()
             : static_cast<double>(array) * static_cast<double>(total) / static_cast<double>(used);
}

}  // namespace

std::vector<Device> read_devices(const std::string &file) {
  std::istringstream lines(read(file));
  std::vector<Device> devices;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') {
      continue;
    }
    std::istringstream words(line);
    Device device;
    Resources &total = device.total;
    words >> device.name >> total.lut >> total.ff >> total.dsp >> total.bram >>
        device.megabytes_per_second >> device.megahertz;
    if (words.fail()) {
      throw std::runtime_error(file + ": \"" + line + "\" is no device");
    }
    devices.push_back(device);
  }
  return devices;
}

Resources read_report(const std::string &file) {
  const std::string text = read(file);
  const std::regex form(
      R"re("used": \{"LUT": (\d+), "FF": (\d+), "DSP": (\d+), "BRAM_18K": (\d+))re");
  std::smatch found;
  if (!std::regex_search(text, found, form)) {
    throw std::runtime_error(file + " states no resources");
  }
  return {std::stoll(found[1]), std::stoll(found[2]), std::stoll(found[3]), std::stoll(found[4])};
}

bool fits(const Resources &used, const Device &device) {
  return used.lut <= device.total.lut && used.ff <= device.total.ff &&
         used.dsp <= device.total.dsp && used.bram <= device.total.bram;
}

Limits limits(const CallCycles &kernel, const Resources &used, const Device &device,
              const Shape &shape) {
  const std::int64_t array = kernel.array();
  const double busy = static_cast<double>(shape.products()) / static_cast<double>(array);
  const double needed = static_cast<double>(kernel.bytes(shape)) / busy;
  return {scaled(array, device.total.dsp, used.dsp), scaled(array, device.total.lut, used.lut),
          scaled(array, device.total.ff, used.ff), scaled(array, device.total.bram, used.bram),
          static_cast<double>(array) * device.bytes_per_cycle() / needed};
}

std::string least(const Limits &limits) {
  const double lowest = std::min({limits.dsp, limits.lut, limits.ff, limits.bram, limits.memory});
  return lowest == limits.dsp    ? "DSP"
         : lowest == limits.lut  ? "LUT"
         : lowest == limits.ff   ? "FF"
         : lowest == limits.bram ? "BRAM"
                                 : "memory";
}

}  // namespace roofline
