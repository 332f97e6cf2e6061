# SPDX-License-Identifier: Apache-2.0

# The host-compiled kernels in LIBRARY multiply in NEON registers, and never fuse a product with a
# sum: the contract rounds between them.

cmake_minimum_required(VERSION 3.21)

execute_process(COMMAND ${OBJDUMP} -d --no-show-raw-insn ${LIBRARY}
  OUTPUT_VARIABLE code COMMAND_ERROR_IS_FATAL ANY)
foreach(instruction IN ITEMS "smlal\tv[0-9]+.4s" "fmul\tv[0-9]+.2d" "fadd\tv[0-9]+.4s")
  if(NOT code MATCHES "\t${instruction}")
    message(SEND_ERROR "${LIBRARY} has no ${instruction}: a kernel is not vectorized")
  endif()
endforeach()
string(REGEX MATCHALL "\t(fmla|fmls|fmadd|fmsub|fnmadd|fnmsub)\t[^\n]*" fused "${code}")
if(fused)
  message(SEND_ERROR "${LIBRARY} is to be compiled with -ffp-contract=off: ${fused}")
endif()
