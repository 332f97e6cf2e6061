# SPDX-License-Identifier: Apache-2.0

# json_get(VARIABLE JSON KEY...): a member; "" if it is not there.
function(json_get variable json)
  string(JSON value ERROR_VARIABLE missing GET "${json}" ${ARGN})
  if(missing)
    set(value "")
  endif()
  set(${variable} "${value}" PARENT_SCOPE)
endfunction()

# json_list(VARIABLE JSON KEY...): the elements of an array, as a list.
function(json_list variable json)
  set(values "")
  string(JSON count ERROR_VARIABLE missing LENGTH "${json}" ${ARGN})
  if(NOT missing AND count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON value GET "${json}" ${ARGN} ${i})
      list(APPEND values "${value}")
    endforeach()
  endif()
  set(${variable} "${values}" PARENT_SCOPE)
endfunction()
