# SPDX-License-Identifier: Apache-2.0

# Writes the records that a kernel loads, which <kernel>.record.json states field by field, as a
# SystemVerilog package and, where HEADER is given, as a C++ struct.
#   cmake -DKERNEL=network_i8 -DDIRECTORY=hls/kernels -DPACKAGE=record_pkg.sv [-DHEADER=record.hpp]
#     -P record.cmake
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/write_changed.cmake)

file(READ ${DIRECTORY}/${KERNEL}.record.json json)
string(JSON bytes GET "${json}" bytes)
string(JSON count LENGTH "${json}" fields)
math(EXPR last "${count} - 1")
set(total 0)
set(fields "")
set(members "")
set(puts "")
foreach(i RANGE ${last})
  string(JSON name GET "${json}" fields ${i} name)
  string(JSON bits GET "${json}" fields ${i} bits)
  string(JSON description GET "${json}" fields ${i} description)
  math(EXPR total "${total} + ${bits}")
  math(EXPR top "${bits} - 1")

  # The first field of a packed struct has the highest bits. A keyword gets an underscore.
  if(bits EQUAL 1)
    set(type "logic")
  else()
    set(type "logic [${top}:0]")
  endif()
  set(field ${name})
  if(name STREQUAL "table")
    set(field table_)
  endif()
  string(PREPEND fields "    ${type} ${field};  // ${description}\n")

  # The last byte is made from all others; wider fields than a number are 0.
  if(bits GREATER 32)
    string(APPEND puts "    at += ${bits};\n")
  elseif(NOT i EQUAL last)
    string(APPEND members "  std::int32_t ${name} = 0;  ///< ${description}\n")
    string(APPEND puts "    put(${name}, ${bits});\n")
  endif()
endforeach()
math(EXPR expected "8 * ${bytes}")
if(NOT total EQUAL expected OR NOT bits EQUAL 8)
  message(FATAL_ERROR "${KERNEL}.record.json: its fields have ${total} bits, the last of them ${bits}; "
    "a record has ${expected}, the last 8 the check byte")
endif()

write_changed(${PACKAGE} "// Generated from hls/kernels/${KERNEL}.record.json.
package record_pkg;
  typedef struct packed {
${fields}  } record_t;
endpackage
")

if(HEADER)
  write_changed(${HEADER} "// Generated from hls/kernels/${KERNEL}.record.json.
#pragma once

#include <array>
#include <cstdint>

namespace ${KERNEL} {

struct Record {
${members}
  /// The record as the kernel reads it, with the check byte.
  std::array<std::uint8_t, ${bytes}> bytes() const {
    std::array<std::uint8_t, ${bytes}> to{};
    unsigned at = 0;
    const auto put = [&](std::int32_t value, unsigned bits) {
      for (unsigned bit = 0; bit < bits; ++bit, ++at) {
        to[at / 8] = static_cast<std::uint8_t>(to[at / 8] | ((value >> bit) & 1) << at % 8);
      }
    };
${puts}    unsigned sum = 0;
    for (const std::uint8_t byte : to) {
      sum += byte;
    }
    to.back() = static_cast<std::uint8_t>(0x5a - sum);
    return to;
  }
};

}  // namespace ${KERNEL}
")
endif()
