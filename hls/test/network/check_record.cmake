# SPDX-License-Identifier: Apache-2.0

# The C++ kernel's record, COMMITTED, is what SCRIPT makes of the description in KERNELS.
execute_process(COMMAND ${CMAKE_COMMAND} -DKERNEL=network_i8 -DDIRECTORY=${KERNELS}
  -DFIELDS=${GENERATED} -P ${SCRIPT} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${COMMITTED} ${GENERATED}
  RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "${COMMITTED} is not of network_i8.record.json; write it again with cmake "
    "-DKERNEL=network_i8 -DDIRECTORY=${KERNELS} -DFIELDS=${COMMITTED} -P ${SCRIPT}")
endif()
