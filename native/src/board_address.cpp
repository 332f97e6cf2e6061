// SPDX-License-Identifier: Apache-2.0
#include "board_address.hpp"

#include <algorithm>
#include <cctype>

#include "error.hpp"

namespace fabriq {
namespace {

constexpr int kMaximumComputeUnits = 64;
constexpr std::size_t kMaximumDigits = 4;

bool consists_of(const std::string &text, int (*belongs)(int)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [=](char c) {
    return belongs(static_cast<unsigned char>(c)) != 0;
  });
}

bool is_index(const std::string &text) {
  return consists_of(text, std::isdigit) && text.size() <= kMaximumDigits;
}

/// As 0000:03:00.1 or 03:00.1.
bool is_bus_address(const std::string &text) {
  std::string pattern;
  for (const char c : text) {
    pattern += std::isxdigit(static_cast<unsigned char>(c)) ? 'h' : c;
  }
  return pattern == "hhhh:hh:hh.h" || pattern == "hh:hh.h";
}

}  // namespace

const char *emulation_name(Emulation emulation) {
  switch (emulation) {
    case Emulation::kSoftware:
      return "sw_emu";
    case Emulation::kHardware:
      return "hw_emu";
    default:
      return "hardware";
  }
}

BoardAddress BoardAddress::parse(DeviceUri &uri) {
  BoardAddress address{uri.name(), "", Emulation::kNone, "", 0, {}};
  const std::string instance = uri.instance();
  if (instance == "sw_emu") {
    address.emulation = Emulation::kSoftware;
  } else if (instance == "hw_emu") {
    address.emulation = Emulation::kHardware;
  } else if (is_index(instance) || (uri.scheme() == "xrt" && is_bus_address(instance))) {
    address.board = instance;
  } else {
    throw Error(FABRIQ_UNKNOWN_DEVICE,
                "device \"" + uri.name() + "\" names no board; write " + uri.scheme() +
                    ":sw_emu, " + uri.scheme() + ":hw_emu or " + uri.scheme() + ":0" +
                    (uri.scheme() == "xrt" ? " (an index), or xrt:0000:03:00.1 (a bus address)"
                                           : " (an index)"));
  }
  address.xclbin = uri.take_text("xclbin");
  address.compute_units = uri.take_integer("cu", 0, 1, kMaximumComputeUnits);
  std::string known = "xclbin=FILE, cu=1..64";
  if (address.emulation == Emulation::kHardware) {
    address.simulation = take_simulation_options(uri);
    known += ", " + simulation_options();
  }
  uri.finish(known);
  if (address.xclbin.empty()) {
    throw Error(FABRIQ_UNKNOWN_DEVICE,
                "device " + uri.name() + " has no xclbin; add ?xclbin=FILE to its address");
  }
  return address;
}

}  // namespace fabriq
