// SPDX-License-Identifier: Apache-2.0
#include "compute_units.hpp"

#include <cstring>
#include <string>

#include "wire.hpp"

namespace emulator {
namespace {

// About what a 300 MHz clock does between two status reads of a polling host.
constexpr std::uint64_t kCyclesPerStatusRead = 16384;

}  // namespace

ComputeUnits::ComputeUnits(const std::vector<PlacedUnit> &design, const ModelFactory &make_model) {
  for (const PlacedUnit &place : design) {
    units_.push_back({place, make_model(place)});
  }
}

void ComputeUnits::write(std::uint64_t address, std::string_view bytes) {
  Unit &unit = unit_at(address, bytes.size());
  const auto first = static_cast<std::uint32_t>(address - unit.place.base);
  std::uint32_t control = 0;
  for (std::uint32_t i = 0; i < bytes.size(); i += 4) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + i, 4);
    if (first + i == 0) {
      control = value;
    } else {
      unit.model->write_register(first + i, value);
    }
  }
  if (first == 0 && !bytes.empty()) {
    unit.model->write_register(0, control);
  }
}

void ComputeUnits::read(std::uint64_t address, std::uint8_t *to, std::uint64_t bytes) {
  Unit &unit = unit_at(address, bytes);
  const auto first = static_cast<std::uint32_t>(address - unit.place.base);
  for (std::uint32_t i = 0; i < bytes; i += 4) {
    if (first + i == 0) {
      unit.model->advance(kCyclesPerStatusRead);
    }
    const std::uint32_t value = unit.model->read_register(first + i);
    std::memcpy(to + i, &value, 4);
  }
}

void ComputeUnits::end() {
  for (Unit &unit : units_) {
    unit.model->end();
  }
}

ComputeUnits::Unit &ComputeUnits::unit_at(std::uint64_t address, std::uint64_t bytes) {
  if (address % 4 != 0 || bytes % 4 != 0) {
    throw ProtocolError(std::to_string(bytes) + " bytes at register address " +
                        std::to_string(address) + " are not whole registers");
  }
  for (Unit &unit : units_) {
    if (address >= unit.place.base && address - unit.place.base < unit.place.range &&
        bytes <= unit.place.range - (address - unit.place.base)) {
      return unit;
    }
  }
  throw ProtocolError("no compute unit has the " + std::to_string(bytes) +
                      " bytes at register address " + std::to_string(address));
}

}  // namespace emulator
