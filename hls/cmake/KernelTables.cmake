# SPDX-License-Identifier: Apache-2.0

# Turns the kernel descriptors (kernels/<name>.json) into C++:
#   include/fabriq/kernel_numbers.hpp  the numbers of the kernels, and how many there are
#   kernel_table.cpp  the table behind fabriq/kernel_descriptor.hpp
#   host_kernels.cpp  the calls behind fabriq/host_kernel.hpp, with the check that the
#                     arguments and tile are those of the C++ kernel

include(${CMAKE_CURRENT_LIST_DIR}/camel_case.cmake)

function(fabriq_write_kernel_tables directory)
  set(tables "")
  set(entries "")
  set(includes "")
  set(calls "")
  set(call_entries "")
  foreach(kernel IN LISTS ARGN)
    set(path ${CMAKE_CURRENT_SOURCE_DIR}/kernels/${kernel}.json)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${path} json)
    foreach(key IN ITEMS name control row_pitch)
      string(JSON ${key} GET "${json}" ${key})
    endforeach()
    string(JSON cycle_counters ERROR_VARIABLE none GET "${json}" cycle_counters)
    if(NOT cycle_counters)
      set(cycle_counters 0)
    endif()
    foreach(key IN ITEMS id version)
      string(JSON contract_${key} GET "${json}" contract ${key})
    endforeach()
    string(JSON limits LENGTH "${json}" limits)
    # Only a multiplication has a tile.
    string(JSON tile ERROR_VARIABLE none GET "${json}" tile)
    if(tile)
      foreach(key IN ITEMS shape rows columns)
        string(JSON tile_${key} GET "${json}" tile ${key})
      endforeach()
    endif()

    set(arguments "")
    set(types "")
    set(values "")
    string(JSON count LENGTH "${json}" arguments)
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      foreach(key IN ITEMS name type kind direction offset)
        string(JSON argument_${key} GET "${json}" arguments ${i} ${key})
      endforeach()
      string(JSON bundle ERROR_VARIABLE none GET "${json}" arguments ${i} bundle)
      string(JSON limit ERROR_VARIABLE none GET "${json}" limits ${argument_name})
      if(limit)
        math(EXPR limits "${limits} - 1")
      else()
        set(limit 0)
      endif()
      if(argument_kind STREQUAL "pointer")
        list(APPEND values
          "reinterpret_cast<${argument_type}>(static_cast<std::uintptr_t>(arguments[${i}]))")
        set(kind "kPointer, 8")
      else()
        list(APPEND values "static_cast<${argument_type}>(arguments[${i}])")
        set(kind "kScalar, 4")
        set(bundle "")
      endif()
      string(APPEND arguments "    {\"${argument_name}\", ArgumentKind::${kind}, "
        "\"${bundle}\", ${argument_offset}, ${limit}},\n")
      list(APPEND types "${argument_type}")
    endforeach()
    if(NOT limits EQUAL 0)
      message(FATAL_ERROR "${kernel}.json limits what is no argument; name its arguments alone")
    endif()
    list(JOIN types ", " types)
    list(JOIN values ",\n      " values)

    string(APPEND tables "const KernelArgument ${name}_arguments[] = {\n${arguments}};\n")
    string(APPEND entries "    {\"${name}\", \"${contract_id}\", ${contract_version}, "
      "\"${control}\",\n     ${name}_arguments, ${count}, "
      "${row_pitch}, ${cycle_counters}},\n")
    string(APPEND includes "#include \"${name}.hpp\"\n")
    string(APPEND calls
      "static_assert(std::is_same<decltype(::${name}), void(${types})>::value,\n"
      "              \"${name}.json and ${name}.hpp differ in arguments\");\n")
    if(tile)
      string(APPEND calls
        "static_assert(matmul::${tile_shape}::kRows == ${tile_rows} &&\n"
        "                  matmul::${tile_shape}::kColumns == ${tile_columns},\n"
        "              \"${name}.json and matmul/config.hpp differ in the tile\");\n")
    endif()
    string(APPEND calls
      "static_assert(matmul::kRowPitch == ${row_pitch},\n"
      "              \"${name}.json and matmul/config.hpp differ in the row pitch\");\n"
      "void call_${name}(const std::uint64_t *arguments) {\n  ::${name}(\n      ${values});\n}\n")
    string(APPEND call_entries "    {\"${name}\", call_${name}},\n")
  endforeach()

  set(numbers "")
  foreach(kernel IN LISTS ARGN)
    camel_case(number ${kernel})
    string(APPEND numbers "  k${number},\n")
  endforeach()

  file(CONFIGURE OUTPUT ${directory}/include/fabriq/kernel_numbers.hpp @ONLY CONTENT [[
// Generated from the list of kernels in hls/CMakeLists.txt.
#pragma once

namespace fabriq {

/// The kernels as kernel_descriptor() knows them.
enum KernelNumber {
@numbers@  kKernelCount
};

}  // namespace fabriq
]])
  list(LENGTH ARGN kernels)
  file(CONFIGURE OUTPUT ${directory}/kernel_table.cpp @ONLY CONTENT [[
// Generated from hls/kernels/*.json.
#include "fabriq/kernel_descriptor.hpp"

namespace fabriq {
namespace {

@tables@
const KernelDescriptor table[] = {
@entries@};

}  // namespace

const KernelDescriptor *kernel_descriptor(int kernel) {
  return kernel >= 0 && kernel < @kernels@ ? &table[kernel] : nullptr;
}

}  // namespace fabriq
]])
  file(CONFIGURE OUTPUT ${directory}/host_kernels.cpp @ONLY CONTENT [[
// Generated from hls/kernels/*.json.
#include "fabriq/host_kernel.hpp"

#include <cstring>
#include <type_traits>

@includes@
namespace fabriq {
namespace {

@calls@
const struct {
  const char *name;
  HostKernel call;
} table[] = {
@call_entries@};

}  // namespace

HostKernel host_kernel(const char *name) {
  for (const auto &entry : table) {
    if (std::strcmp(entry.name, name) == 0) {
      return entry.call;
    }
  }
  return nullptr;
}

}  // namespace fabriq
]])
endfunction()
