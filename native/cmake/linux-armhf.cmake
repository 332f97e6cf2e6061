# SPDX-License-Identifier: Apache-2.0

# Zynq-7000: Cortex-A9 with NEON.

set(CMAKE_SYSTEM_PROCESSOR arm)
set(FABRIQ_TRIPLET arm-linux-gnueabihf)
set(CMAKE_CXX_FLAGS_INIT "-mcpu=cortex-a9 -mfpu=neon -mfloat-abi=hard -Wno-psabi")
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
