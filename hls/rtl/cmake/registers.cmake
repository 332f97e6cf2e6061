# SPDX-License-Identifier: Apache-2.0

# Writes a kernel's register offsets, which its descriptor states, as a SystemVerilog package and, where
# HEADER is given, as C++ constants.
#   cmake -DKERNEL=matmul_i8i8 -DDIRECTORY=hls/kernels -DOUTPUT=registers_pkg.sv [-DHEADER=registers.hpp]
#     -P registers.cmake
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/../../cmake/write_changed.cmake)

file(READ ${DIRECTORY}/${KERNEL}.json json)
string(JSON counters ERROR_VARIABLE none GET "${json}" cycle_counters)
string(JSON count LENGTH "${json}" arguments)
math(EXPR last "${count} - 1")
set(mask 0)
set(offsets "")
set(constants "")
foreach(i RANGE ${last})
  string(JSON name GET "${json}" arguments ${i} name)
  string(JSON kind GET "${json}" arguments ${i} kind)
  string(JSON offset GET "${json}" arguments ${i} offset)
  math(EXPR word "${offset} / 4")
  math(EXPR mask "${mask} | (1 << ${word})")
  if(kind STREQUAL "pointer")
    math(EXPR mask "${mask} | (1 << (${word} + 1))")
  endif()

  # zero_c becomes ZeroC.
  string(REPLACE "_" ";" parts "${name}")
  set(camel "")
  foreach(part IN LISTS parts)
    string(SUBSTRING ${part} 0 1 first)
    string(SUBSTRING ${part} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND camel ${first}${rest})
  endforeach()
  string(APPEND constants "constexpr std::uint32_t k${camel} = ${offset};\n")
  string(REPLACE "0x" "'h" offset ${offset})
  string(APPEND offsets "  localparam int unsigned ${camel} = ${offset};\n")
endforeach()
if(counters)
  string(APPEND constants "constexpr std::uint32_t kCycleCounters = ${counters};\n")
  string(REPLACE "0x" "'h" counters ${counters})
  string(APPEND offsets "  localparam int unsigned CycleCounters = ${counters};\n")
endif()
math(EXPR mask "${mask}" OUTPUT_FORMAT HEXADECIMAL)
string(REPLACE "0x" "64'h" mask ${mask})

write_changed(${OUTPUT} "// Generated from hls/kernels/${KERNEL}.json.
package registers_pkg;
${offsets}  localparam logic [63:0] ArgumentWords = ${mask};
endpackage
")

if(HEADER)
  write_changed(${HEADER} "// Generated from ${KERNEL}.json.
#pragma once

#include <cstdint>

namespace ${KERNEL} {

${constants}
}  // namespace ${KERNEL}
")
endif()
