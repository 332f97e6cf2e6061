# SPDX-License-Identifier: Apache-2.0

# What a kernel's descriptions state, as SystemVerilog packages, with a C++ header of the same name beside
# each. Where no build is configured, hls/cmake/packages.cmake writes the packages.

# fabriq_write_record(KERNEL PACKAGE): the records of <kernel>.record.json. Sets PACKAGE to the package, in
# ${CMAKE_BINARY_DIR}/hls/record.
function(fabriq_write_record kernel package)
  fabriq_write_package(record ${kernel}.record.json ${CMAKE_BINARY_DIR}/hls/record/record_pkg
    -DKERNEL=${kernel})
  set(${package} ${CMAKE_BINARY_DIR}/hls/record/record_pkg.sv PARENT_SCOPE)
endfunction()

# fabriq_write_target(KERNEL CONFIGURATION DIRECTORY): the sizes that <kernel>.targets.json states for a
# configuration. Sets DIRECTORY to where target_pkg.sv and target_pkg.hpp are.
function(fabriq_write_target kernel configuration directory)
  set(to ${CMAKE_BINARY_DIR}/hls/targets/${kernel}/${configuration})
  fabriq_write_package(target ${kernel}.targets.json ${to}/target_pkg
    -DKERNEL=${kernel} -DCONFIGURATION=${configuration})
  set(${directory} ${to} PARENT_SCOPE)
endfunction()

# fabriq_write_package(SCRIPT DESCRIPTION FILE ARGUMENT...): FILE.sv and FILE.hpp by hls/cmake/SCRIPT.cmake,
# again when the description of hls/kernels or the script changes.
function(fabriq_write_package name description file)
  set(kernels ${CMAKE_SOURCE_DIR}/hls/kernels)
  set(script ${CMAKE_SOURCE_DIR}/hls/cmake/${name}.cmake)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${kernels}/${description} ${script})
  execute_process(COMMAND ${CMAKE_COMMAND} ${ARGN} -DDIRECTORY=${kernels}
    -DPACKAGE=${file}.sv -DHEADER=${file}.hpp -P ${script} COMMAND_ERROR_IS_FATAL ANY)
endfunction()
