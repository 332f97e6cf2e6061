# SPDX-License-Identifier: Apache-2.0

# LIBRARY exports the C ABI and nothing else, and holds no path of the machine that built it. If
# GLIBC is given, that version is enough for it.

cmake_minimum_required(VERSION 3.21)

execute_process(COMMAND ${NM} -D --defined-only ${LIBRARY}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^ \n]+\n" names "${symbols}")
list(TRANSFORM names STRIP)
list(LENGTH names count)
list(FILTER names EXCLUDE REGEX "^fabriq_[a-z_]+$")
file(STRINGS ${HEADER} declarations REGEX "^FABRIQ_API")
list(LENGTH declarations declared)
if(NOT count EQUAL declared OR names)
  message(SEND_ERROR "${count} symbols are exported, ${declared} declared; unexpected: ${names}")
endif()

execute_process(COMMAND ${READELF} -d ${LIBRARY}
  OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
if(NOT dynamic MATCHES "soname: \\[libfabriq.so\\]" OR dynamic MATCHES "RPATH|RUNPATH|stdc")
  message(SEND_ERROR "the library's dynamic section is not portable:\n${dynamic}")
endif()

if(GLIBC)
  execute_process(COMMAND ${READELF} -V ${LIBRARY}
    OUTPUT_VARIABLE versions COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "GLIBC_[0-9.]+" needs "${versions}")
  list(TRANSFORM needs REPLACE GLIBC_ "")
  foreach(need IN LISTS needs)
    if(need VERSION_GREATER GLIBC)
      message(SEND_ERROR "needs glibc ${need}, boards have ${GLIBC}; build on Debian 12")
    endif()
  endforeach()
endif()
