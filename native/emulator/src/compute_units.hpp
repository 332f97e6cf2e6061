// SPDX-License-Identifier: Apache-2.0
#pragma once

// The compute units of the loaded design on the control bus.

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "design.hpp"
#include "kernel_model.hpp"

namespace emulator {

/// Makes the model of a unit. Throws std::runtime_error if there is none of its kernel.
using ModelFactory = std::function<std::unique_ptr<KernelModel>(const PlacedUnit &unit)>;

class ComputeUnits {
 public:
  ComputeUnits(const std::vector<PlacedUnit> &design, const ModelFactory &make_model);

  /// Writes consecutive registers. Throws ProtocolError if one lies outside every unit, or if the
  /// address or size is not a multiple of 4.
  void write(std::uint64_t address, std::string_view bytes);

  /// Reads consecutive registers; throws as write(). Each read of a control register lets the
  /// unit's clock advance.
  void read(std::uint64_t address, std::uint8_t *to, std::uint64_t bytes);

  /// Tells the units that the host leaves.
  void end();

 private:
  struct Unit {
    PlacedUnit place;
    std::unique_ptr<KernelModel> model;
  };

  Unit &unit_at(std::uint64_t address, std::uint64_t bytes);

  std::vector<Unit> units_;
};

}  // namespace emulator
