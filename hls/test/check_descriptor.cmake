# SPDX-License-Identifier: Apache-2.0

# Checks DIRECTORY/KERNEL.json against the text of DIRECTORY/KERNEL.cpp: the top function's parameters by
# name and order, the port, bundle and control of each INTERFACE pragma, and the register offsets that
# Vitis HLS gives: the first argument at 0x10, then 12 bytes for a pointer, 8 for a 32-bit scalar.

cmake_minimum_required(VERSION 3.21)

file(READ ${DIRECTORY}/${KERNEL}.json json)
file(READ ${DIRECTORY}/${KERNEL}.cpp source)
string(REPLACE "\\\n" " " source "${source}")

function(check found expected what)
  if(NOT found STREQUAL expected)
    message(SEND_ERROR "${KERNEL}: ${what} is `${found}` in C++, `${expected}` by the descriptor")
  endif()
endfunction()

string(JSON name GET "${json}" name)
string(JSON control GET "${json}" control)
check("${KERNEL}" "${name}" "the kernel's name")

if(NOT source MATCHES "void ${KERNEL}\\(([^)]*)\\)")
  message(FATAL_ERROR "${KERNEL}.cpp has no top function ${KERNEL}")
endif()
string(REGEX REPLACE "[ \n]+" " " parameters "${CMAKE_MATCH_1}")
string(REGEX REPLACE " ?, ?" ";" parameters "${parameters}")

string(REGEX MATCHALL "#pragma HLS INTERFACE mode=m_axi port=[a-z_]+ bundle=[a-z_]+" m_axi "${source}")
string(REGEX MATCHALL "#pragma HLS INTERFACE mode=s_axilite port=[a-z_]+" s_axilite "${source}")
string(REGEX MATCHALL "#pragma HLS INTERFACE mode=ap_ctrl_[a-z]+ port=return" controls "${source}")

set(expected_parameters "")
set(expected_m_axi "")
set(expected_s_axilite "")
set(offset 16)
string(JSON count LENGTH "${json}" arguments)
math(EXPR last "${count} - 1")
foreach(i RANGE ${last})
  foreach(key IN ITEMS name type kind offset)
    string(JSON argument_${key} GET "${json}" arguments ${i} ${key})
  endforeach()
  math(EXPR described "${argument_offset}")
  check(${offset} ${described} "the register offset of ${argument_name}")
  list(APPEND expected_s_axilite "#pragma HLS INTERFACE mode=s_axilite port=${argument_name}")
  if(argument_kind STREQUAL "pointer")
    string(JSON bundle GET "${json}" arguments ${i} bundle)
    list(APPEND expected_parameters "${argument_type}${argument_name}")
    list(APPEND expected_m_axi
      "#pragma HLS INTERFACE mode=m_axi port=${argument_name} bundle=${bundle}")
    math(EXPR offset "${offset} + 12")
  else()
    list(APPEND expected_parameters "${argument_type} ${argument_name}")
    math(EXPR offset "${offset} + 8")
  endif()
endforeach()
list(APPEND expected_s_axilite "#pragma HLS INTERFACE mode=s_axilite port=return")

check("${parameters}" "${expected_parameters}" "the parameter list")
check("${m_axi}" "${expected_m_axi}" "the list of m_axi pragmas")
check("${s_axilite}" "${expected_s_axilite}" "the list of s_axilite pragmas")
check("${controls}" "#pragma HLS INTERFACE mode=${control} port=return" "the control protocol")
