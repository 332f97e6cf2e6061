# SPDX-License-Identifier: Apache-2.0

# FABRIQ_SHAPES, the multiplications that tests read: all of them, or those of at most 100,000
# products where tests run in an emulated processor.

# Writes the problems of a list whose M * K * N is at most `most`.
function(fabriq_write_small_problems list most output)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${list})
  file(STRINGS ${list} lines REGEX "^[0-9]")
  set(small "")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) ([0-9]+) ([0-9]+) " sizes "${line}")
    math(EXPR products "${CMAKE_MATCH_1} * ${CMAKE_MATCH_2} * ${CMAKE_MATCH_3}")
    if(products LESS_EQUAL most)
      string(APPEND small "${line}\n")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT "${small}" @ONLY)
endfunction()

set(FABRIQ_SHAPES ${CMAKE_SOURCE_DIR}/hls/test/shapes_matmul.txt)
if(CMAKE_CROSSCOMPILING)
  set(small ${CMAKE_BINARY_DIR}/shapes_matmul_small.txt)
  fabriq_write_small_problems(${FABRIQ_SHAPES} 100000 ${small})
  set(FABRIQ_SHAPES ${small})
endif()
