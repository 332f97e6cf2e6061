# SPDX-License-Identifier: Apache-2.0

# refuse(TEXT...): ends the script with one line for the user; build-xclbin.sh shows that line alone.
function(refuse)
  set(line "")
  math(EXPR last "${ARGC} - 1")
  foreach(i RANGE ${last})
    string(APPEND line "${ARGV${i}}")
  endforeach()
  message(NOTICE "build-xclbin.sh: ${line}")
  message(FATAL_ERROR)
endfunction()

# refuse_unknown(WHAT VALUE KNOWN...): refuses a value that is none of the known ones.
function(refuse_unknown what value)
  if(NOT value IN_LIST ARGN)
    list(JOIN ARGN ", " known)
    refuse("${what} '${value}' is not known; choose ${known}")
  endif()
endfunction()
