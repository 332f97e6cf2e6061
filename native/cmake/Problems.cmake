# SPDX-License-Identifier: Apache-2.0

# FABRIQ_SHAPES, the multiplications that tests read: all of them, or those of at most 100,000
# products where tests run in an emulated processor.

set(FABRIQ_SHAPES ${CMAKE_SOURCE_DIR}/hls/test/shapes_matmul.txt)
if(CMAKE_CROSSCOMPILING)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FABRIQ_SHAPES})
  file(STRINGS ${FABRIQ_SHAPES} lines REGEX "^[0-9]")
  set(small "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) ([0-9]+) ([0-9]+) " shape "${line}")
    math(EXPR products "${CMAKE_MATCH_1} * ${CMAKE_MATCH_2} * ${CMAKE_MATCH_3}")
    if(products LESS_EQUAL 100000)
      string(APPEND small "${line}\n")
    endif()
  endforeach()
  set(FABRIQ_SHAPES ${CMAKE_BINARY_DIR}/shapes_matmul_small.txt)
  file(CONFIGURE OUTPUT ${FABRIQ_SHAPES} CONTENT "${small}" @ONLY)
endif()
