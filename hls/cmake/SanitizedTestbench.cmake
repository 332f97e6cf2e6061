# SPDX-License-Identifier: Apache-2.0

# Testbenches that clang compiles with AddressSanitizer and UndefinedBehaviorSanitizer, whatever
# compiler builds the rest. FABRIQ_CLANG_SANITIZES tells whether they can be.

if(NOT FABRIQ_CLANG_SANITIZES)
  fabriq_find_clang_tool(FABRIQ_CLANG clang++)
  set(probe ${CMAKE_CURRENT_BINARY_DIR}/sanitized)
  file(WRITE ${probe}.cpp "int main() {}\n")
  if(FABRIQ_CLANG)
    execute_process(COMMAND ${FABRIQ_CLANG} -fsanitize=address,undefined ${probe}.cpp -o ${probe}
      RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  endif()
  if(NOT FABRIQ_CLANG)
    message(STATUS "Left out: the sanitized testbenches, because clang is not installed")
  elseif(failed)
    message(STATUS
      "Left out: the sanitized testbenches, because libclang-rt-dev is not installed")
  else()
    set(FABRIQ_CLANG_SANITIZES ON CACHE INTERNAL "clang links with its sanitizers")
  endif()
endif()

# fabriq_add_sanitized_program(NAME SOURCES ... [FLAGS ...] [ARGUMENTS ...]): the test NAME of a program, with
# flags for its compiler and arguments.
function(fabriq_add_sanitized_program name)
  cmake_parse_arguments(PARSE_ARGV 1 given "" "" "SOURCES;FLAGS;ARGUMENTS")
  set(hls ${CMAKE_SOURCE_DIR}/hls)
  set(program ${CMAKE_CURRENT_BINARY_DIR}/${name})
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS
    ${hls}/include/*.hpp ${hls}/kernels/*.hpp ${hls}/test/*.hpp)
  add_custom_command(OUTPUT ${program}
    COMMAND ${FABRIQ_CLANG} -O1 -g -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
      -Wno-unknown-pragmas -ffp-contract=off -fsanitize=address,undefined
      -fno-sanitize-recover=all -fno-omit-frame-pointer -I${hls}/include
      ${given_FLAGS} ${given_SOURCES} -o ${program}
    DEPENDS ${given_SOURCES} ${headers}
    COMMENT "Compiling ${name} with clang and sanitizers"
    VERBATIM)
  add_custom_target(build_${name} ALL DEPENDS ${program})
  add_test(NAME ${name} COMMAND ${program} ${given_ARGUMENTS})
endfunction()

# The test <name> of a kernel over a list of problems. Further arguments are macros to define.
function(fabriq_add_sanitized_testbench name kernel problems)
  set(hls ${CMAKE_SOURCE_DIR}/hls)
  list(TRANSFORM ARGN PREPEND -D OUTPUT_VARIABLE macros)
  fabriq_add_sanitized_program(${name}
    SOURCES ${hls}/test/${kernel}_test.cpp ${hls}/kernels/${kernel}.cpp
    FLAGS -std=c++14 ${macros}
    ARGUMENTS ${problems})
endfunction()
