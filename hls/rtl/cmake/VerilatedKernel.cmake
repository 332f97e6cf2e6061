# SPDX-License-Identifier: Apache-2.0

# Verilated kernels. A kernel's sources are those of its .f list, after a configuration (the package
# of all sizes) and the package of its register offsets, generated from its descriptor.

# Verilator's package sets VERILATOR_ROOT itself; CMake 3.27 and later would warn of it.
if(POLICY CMP0144)
  cmake_policy(SET CMP0144 NEW)
endif()
find_program(FABRIQ_VERILATOR verilator)
if(FABRIQ_VERILATOR)
  find_package(verilator QUIET HINTS $ENV{VERILATOR_ROOT} /usr/share/verilator)
endif()
# FST is compressed by zlib; the static one makes a simulator that runs on any machine.
find_library(FABRIQ_ZLIB NAMES libz.a z)

# Sets `sources` to what Verilator or Yosys is given, in order.
function(fabriq_rtl_sources kernel configuration sources)
  set(rtl ${CMAKE_SOURCE_DIR}/hls/rtl)
  set(registers ${CMAKE_BINARY_DIR}/hls/rtl/${kernel}/registers_pkg.sv)
  set(descriptors ${CMAKE_SOURCE_DIR}/hls/kernels)
  set(script ${CMAKE_SOURCE_DIR}/hls/cmake/registers.cmake)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
    ${descriptors}/${kernel}.json ${script})
  execute_process(COMMAND ${CMAKE_COMMAND} -DKERNEL=${kernel} -DDIRECTORY=${descriptors}
    -DPACKAGE=${registers} -P ${script} COMMAND_ERROR_IS_FATAL ANY)
  set(record "")
  if(EXISTS ${descriptors}/${kernel}.record.json)
    fabriq_write_record(${kernel} record)
  endif()
  set(target "")
  if(EXISTS ${descriptors}/${kernel}.targets.json)
    fabriq_write_target(${kernel} ${configuration} directory)
    set(target ${directory}/target_pkg.sv)
  endif()
  file(GLOB list ${rtl}/*/${kernel}.f)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
  file(STRINGS ${list} paths REGEX "^[^/]")
  list(TRANSFORM paths PREPEND ${rtl}/)
  set(${sources} ${rtl}/configurations/${configuration}.sv ${registers} ${record} ${target} ${paths}
    PARENT_SCOPE)
endfunction()

# fabriq_add_verilator_runtime(): what all models link of Verilator, with waveforms, as the static
# library fabriq_verilator_runtime.
function(fabriq_add_verilator_runtime)
  set(include ${VERILATOR_ROOT}/include)
  add_library(fabriq_verilator_runtime STATIC
    ${include}/verilated.cpp ${include}/verilated_threads.cpp ${include}/verilated_fst_c.cpp)
  target_compile_definitions(fabriq_verilator_runtime PRIVATE
    VM_COVERAGE=0 VM_SC=0 VM_TRACE=1 VM_TRACE_VCD=0 VM_TRACE_FST=1)
  target_compile_options(fabriq_verilator_runtime PRIVATE -O2)
  target_compile_features(fabriq_verilator_runtime PUBLIC cxx_std_17)
  target_include_directories(fabriq_verilator_runtime SYSTEM PUBLIC ${include} ${include}/vltstd)
  target_link_libraries(fabriq_verilator_runtime PUBLIC ${FABRIQ_ZLIB} Threads::Threads)
endfunction()

# fabriq_add_verilated(<target> <top> <class> <arguments for Verilator>... SOURCES ...): a static
# library with the model <class>. Assertions are on. Compiled with -O1: Verilator has optimized
# before, and -O3 takes the compiler five times as long for little.
function(fabriq_add_verilated target top class)
  add_library(${target} STATIC)
  cmake_parse_arguments(PARSE_ARGV 3 given "" "" "SOURCES")
  verilate(${target}
    SOURCES ${given_SOURCES}
    TOP_MODULE ${top}
    PREFIX ${class}
    OPT_FAST -O1
    OPT_SLOW -O0
    VERILATOR_ARGS -O3 --assert --x-assign fast --x-initial unique --no-timing
      ${CMAKE_SOURCE_DIR}/hls/rtl/waivers.vlt ${given_UNPARSED_ARGUMENTS})
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources EXCLUDE REGEX "/include/verilated")
  set_property(TARGET ${target} PROPERTY SOURCES ${sources})
  target_link_libraries(${target} PUBLIC fabriq_verilator_runtime)
  target_compile_features(${target} PUBLIC cxx_std_17)
  # Verilator's headers are not ours to warn about.
  get_target_property(directories ${target} INTERFACE_INCLUDE_DIRECTORIES)
  set_target_properties(${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${directories}")
endfunction()

# fabriq_add_verilated_kernel(matmul_i8i8 zynq): the static library rtl_matmul_i8i8_zynq with the
# class Vmatmul_i8i8_zynq. Further arguments are for Verilator; NAME zynq_wide tells such a variant
# from the others.
function(fabriq_add_verilated_kernel kernel configuration)
  cmake_parse_arguments(PARSE_ARGV 2 variant "" "NAME" "")
  if(NOT variant_NAME)
    set(variant_NAME ${configuration})
  endif()
  fabriq_rtl_sources(${kernel} ${configuration} sources)
  fabriq_add_verilated(rtl_${kernel}_${variant_NAME} ${kernel} V${kernel}_${variant_NAME}
    ${variant_UNPARSED_ARGUMENTS} SOURCES ${sources})
endfunction()

# fabriq_add_rtl_lint(matmul_i8i8 zynq): the test matmul_i8i8_zynq_lint
function(fabriq_add_rtl_lint kernel configuration)
  fabriq_rtl_sources(${kernel} ${configuration} sources)
  add_test(NAME ${kernel}_${configuration}_lint
    COMMAND ${FABRIQ_VERILATOR} --lint-only -Wall --top-module ${kernel}
      ${CMAKE_SOURCE_DIR}/hls/rtl/waivers.vlt ${sources})
endfunction()
