# SPDX-License-Identifier: Apache-2.0

# What the toolchains of boards share: Debian's cross compiler for FABRIQ_TRIPLET, and tests under
# qemu's user mode.

set(CMAKE_SYSTEM_NAME Linux)
find_program(FABRIQ_CROSS_COMPILER ${FABRIQ_TRIPLET}-g++)
if(NOT FABRIQ_CROSS_COMPILER)
  message(FATAL_ERROR
    "${FABRIQ_TRIPLET}-g++ is not installed; on Debian: apt-get install g++-${FABRIQ_TRIPLET}")
endif()
set(CMAKE_CXX_COMPILER ${FABRIQ_CROSS_COMPILER})

# Libraries of the board alone. Headers of XRT and OpenCL are the same for every processor, and the
# compiler has /usr/include on its path.
set(CMAKE_FIND_ROOT_PATH /usr/${FABRIQ_TRIPLET})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE BOTH)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

find_program(FABRIQ_QEMU qemu-${CMAKE_SYSTEM_PROCESSOR}-static)
if(FABRIQ_QEMU)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${FABRIQ_QEMU} -L /usr/${FABRIQ_TRIPLET})
endif()
