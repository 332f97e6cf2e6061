# SPDX-License-Identifier: Apache-2.0

# Generates what <kernel>.record.json states: sets `package` to the SystemVerilog package, and writes a
# C++ header of the same name beside it, in ${CMAKE_BINARY_DIR}/hls/record.
function(fabriq_write_record kernel package)
  set(kernels ${CMAKE_SOURCE_DIR}/hls/kernels)
  set(script ${CMAKE_SOURCE_DIR}/hls/cmake/record.cmake)
  set(record ${CMAKE_BINARY_DIR}/hls/record/record_pkg)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${kernels}/${kernel}.record.json ${script})
  execute_process(COMMAND ${CMAKE_COMMAND} -DKERNEL=${kernel} -DDIRECTORY=${kernels}
    -DPACKAGE=${record}.sv -DHEADER=${record}.hpp -P ${script} COMMAND_ERROR_IS_FATAL ANY)
  set(${package} ${record}.sv PARENT_SCOPE)
endfunction()
