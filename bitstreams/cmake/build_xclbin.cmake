# SPDX-License-Identifier: Apache-2.0

# Writes to SCRIPT the shell script that builds an xclbin; scripts/build-xclbin.sh says what the
# arguments PLATFORM, TARGET, KERNELS, FLOW, SOURCE, VITIS, VITIS_PLATFORM, PROFILE and OUT mean.
# FOUND is the version of v++ on the PATH, empty if there is none; PLANNED (--dry-run) does without
# it. FABRIQ is the fabriq command.
cmake_minimum_required(VERSION 3.21)

get_filename_component(root ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
foreach(part refuse json script request resources connectivity kernel_xml rtl_kernel
    open_flow vitis_flow kria_firmware zynq_flow)
  include(${CMAKE_CURRENT_LIST_DIR}/${part}.cmake)
endforeach()

read_request()
check_resources()

set(script "#!/usr/bin/env bash\n")
list(JOIN kernels ", " names)
string(APPEND script "# ${board}, ${target}, ${names}: ")
if(flow STREQUAL "open")
  string(APPEND script "open flow\n")
else()
  string(APPEND script "Vitis ${vitis}, ${SOURCE}; ${fits}\n")
endif()
shell("set -euo pipefail")
run(mkdir -p ${OUT})
run(cd ${OUT})
if(flow STREQUAL "open")
  open_flow()
elseif(family STREQUAL "zynq")
  zynq_flow()
else()
  vitis_flow()
  if(family STREQUAL "kria")
    kria_firmware()
  endif()
endif()
run(${FABRIQ} xclbin verify --target ${target} ${OUT}/fabriq.xclbin)
file(WRITE ${SCRIPT} "${script}")
