// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/kernel_numbers.hpp"
#include "kernel_calls.hpp"

namespace network {

/// What a call of the simulated network_i8 is given, in the order in which the tests write it.
inline rtl::Arguments arguments(std::uint64_t program, std::uint64_t images, std::uint64_t results,
                                std::size_t chunks, std::uint32_t id) {
  return {{"program", program},
          {"images", images},
          {"results", results},
          {"chunks", chunks},
          {"program_id", id}};
}

inline const fabriq::KernelDescriptor &descriptor() {
  return *fabriq::kernel_descriptor(fabriq::kNetworkI8);
}

}  // namespace network
