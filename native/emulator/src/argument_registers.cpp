// SPDX-License-Identifier: Apache-2.0
#include "argument_registers.hpp"

#include <cstring>
#include <stdexcept>
#include <string>

#include "wire.hpp"

namespace emulator {
namespace {

constexpr std::uint32_t kFirstArgument = 0x10;

[[noreturn]] void refuse(const fabriq::KernelDescriptor &kernel, const char *name,
                         std::uint64_t value, const std::string &allowed) {
  throw ProtocolError(std::string(kernel.name) + ": " + name + " = " + std::to_string(value) +
                      " is " + allowed);
}

void check(const fabriq::KernelDescriptor &kernel, const fabriq::KernelArgument &argument,
           std::uint64_t value) {
  const auto limit = static_cast<std::uint32_t>(argument.limit);
  if (argument.kind == fabriq::ArgumentKind::kPointer && value % kernel.row_pitch != 0) {
    refuse(kernel, argument.name, value, "not a multiple of " + std::to_string(kernel.row_pitch));
  } else if (limit != 0 && (value == 0 || value > limit)) {
    refuse(kernel, argument.name, value, "outside 1 to " + std::to_string(limit));
  } else if (std::strcmp(argument.name, "b_bits") == 0 && value != 8 && value != 4 && value != 2) {
    refuse(kernel, argument.name, value, "outside 8, 4, 2");
  }
}

}  // namespace

ArgumentRegisters::ArgumentRegisters(const fabriq::KernelDescriptor &kernel)
    : kernel_(kernel), words_(kBytes / 4) {
  for (int i = 0; i < kernel.argument_count; ++i) {
    const fabriq::KernelArgument &argument = kernel.arguments[i];
    if (argument.offset < kFirstArgument || argument.offset % 4 != 0 ||
        argument.offset > kBytes - 8) {
      throw std::runtime_error(std::string(kernel.name) + ": the offset " +
                               std::to_string(argument.offset) + " of " + argument.name +
                               " is outside 16 to " + std::to_string(kBytes - 8));
    }
  }
}

void ArgumentRegisters::write(std::uint32_t offset, std::uint32_t value) {
  if (offset < kBytes) {
    words_[offset / 4] = value;
  }
}

std::uint32_t ArgumentRegisters::read(std::uint32_t offset) const {
  return offset < kBytes ? words_[offset / 4] : 0;
}

std::vector<std::uint64_t> ArgumentRegisters::values() const {
  std::vector<std::uint64_t> values;
  for (int i = 0; i < kernel_.argument_count; ++i) {
    const fabriq::KernelArgument &argument = kernel_.arguments[i];
    std::uint64_t value = read(argument.offset);
    if (argument.kind == fabriq::ArgumentKind::kPointer) {
      value |= std::uint64_t{read(argument.offset + 4)} << 32;
    }
    check(kernel_, argument, value);
    values.push_back(value);
  }
  return values;
}

}  // namespace emulator
