# SPDX-License-Identifier: Apache-2.0

# Writes the SystemVerilog packages that a kernel's sources of hls/rtl need before them, as
# TO/registers_pkg.sv and, where the kernel has records and sizes of its own, TO/record_pkg.sv and
# TO/target_pkg.sv.
#   cmake -DKERNEL=network_i8 -DCONFIGURATION=zynq -DDIRECTORY=hls/kernels -DTO=folder -P packages.cmake
cmake_minimum_required(VERSION 3.21)

set(PACKAGE ${TO}/registers_pkg.sv)
include(${CMAKE_CURRENT_LIST_DIR}/registers.cmake)
if(EXISTS ${DIRECTORY}/${KERNEL}.record.json)
  set(PACKAGE ${TO}/record_pkg.sv)
  include(${CMAKE_CURRENT_LIST_DIR}/record.cmake)
endif()
if(EXISTS ${DIRECTORY}/${KERNEL}.targets.json)
  set(PACKAGE ${TO}/target_pkg.sv)
  include(${CMAKE_CURRENT_LIST_DIR}/target.cmake)
endif()
