# SPDX-License-Identifier: Apache-2.0

# Writes the sizes of a configuration, which <kernel>.targets.json states, as a SystemVerilog package and,
# where HEADER is given, as C++ constants.
#   cmake -DKERNEL=network_i8 -DCONFIGURATION=zynq -DDIRECTORY=hls/kernels -DPACKAGE=target_pkg.sv
#     [-DHEADER=target.hpp] -P target.cmake
cmake_minimum_required(VERSION 3.21)
include(${CMAKE_CURRENT_LIST_DIR}/camel_case.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/write_changed.cmake)

file(READ ${DIRECTORY}/${KERNEL}.targets.json json)
string(JSON targets LENGTH "${json}" targets)
math(EXPR last "${targets} - 1")
set(sizes "")
foreach(i RANGE ${last})
  string(JSON name GET "${json}" targets ${i} name)
  if(name STREQUAL CONFIGURATION)
    string(JSON sizes GET "${json}" targets ${i})
  endif()
endforeach()
if(NOT sizes)
  message(FATAL_ERROR "${KERNEL}.targets.json has no target ${CONFIGURATION}; add one")
endif()
string(JSON count LENGTH "${sizes}")
math(EXPR last "${count} - 1")
set(parameters "")
set(constants "")
foreach(i RANGE ${last})
  string(JSON name MEMBER "${sizes}" ${i})
  if(name STREQUAL "name")
    continue()
  endif()
  string(JSON value GET "${sizes}" ${name})
  camel_case(constant ${name})
  string(APPEND parameters "  localparam int unsigned ${constant} = ${value};\n")
  string(APPEND constants "constexpr int k${constant} = ${value};\n")
endforeach()

set(from "// Generated from hls/kernels/${KERNEL}.targets.json: ${CONFIGURATION}.\n")
write_changed(${PACKAGE} "${from}package target_pkg;\n${parameters}endpackage\n")
if(HEADER)
  write_changed(${HEADER} "${from}#pragma once

namespace ${KERNEL}_target {

${constants}
}  // namespace ${KERNEL}_target
")
endif()
