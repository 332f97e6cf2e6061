# SPDX-License-Identifier: Apache-2.0

# Writes a kernel's register offsets, which its descriptor states, as a SystemVerilog package.
#   cmake -DKERNEL=matmul_i8i8 -DDIRECTORY=hls/kernels -DPACKAGE=registers_pkg.sv -P registers.cmake
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/camel_case.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/write_changed.cmake)

file(READ ${DIRECTORY}/${KERNEL}.json json)
string(JSON counters ERROR_VARIABLE none GET "${json}" cycle_counters)
string(JSON count LENGTH "${json}" arguments)
math(EXPR last "${count} - 1")
set(mask 0)
set(offsets "")
foreach(i RANGE ${last})
  string(JSON name GET "${json}" arguments ${i} name)
  string(JSON kind GET "${json}" arguments ${i} kind)
  string(JSON offset GET "${json}" arguments ${i} offset)
  math(EXPR word "${offset} / 4")
  math(EXPR mask "${mask} | (1 << ${word})")
  if(kind STREQUAL "pointer")
    math(EXPR mask "${mask} | (1 << (${word} + 1))")
  endif()

  camel_case(camel ${name})
  string(REPLACE "0x" "'h" offset ${offset})
  string(APPEND offsets "  localparam int unsigned ${camel} = ${offset};\n")
endforeach()
if(counters)
  string(REPLACE "0x" "'h" counters ${counters})
  string(APPEND offsets "  localparam int unsigned CycleCounters = ${counters};\n")
endif()
math(EXPR mask "${mask}" OUTPUT_FORMAT HEXADECIMAL)
string(REPLACE "0x" "64'h" mask ${mask})

write_changed(${PACKAGE} "// Generated from hls/kernels/${KERNEL}.json.
package registers_pkg;
${offsets}  localparam logic [63:0] ArgumentWords = ${mask};
endpackage
")
