# SPDX-License-Identifier: Apache-2.0

# ZynqMP and Kria: Cortex-A53, any other aarch64.

set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(FABRIQ_TRIPLET aarch64-linux-gnu)
include(${CMAKE_CURRENT_LIST_DIR}/debian-cross.cmake)
