# SPDX-License-Identifier: Apache-2.0

# COMMITTED is what SCRIPT writes for its OPTION of network_i8's DESCRIPTION in KERNELS.
execute_process(COMMAND ${CMAKE_COMMAND} -DKERNEL=network_i8 -DDIRECTORY=${KERNELS}
  -D${OPTION}=${GENERATED} -P ${SCRIPT} COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${COMMITTED} ${GENERATED}
  RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "${COMMITTED} is not of network_i8.${DESCRIPTION}.json; write it again with "
    "cmake -DKERNEL=network_i8 -DDIRECTORY=${KERNELS} -D${OPTION}=${COMMITTED} -P ${SCRIPT}")
endif()
