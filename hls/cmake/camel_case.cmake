# SPDX-License-Identifier: Apache-2.0

# camel_case(VARIABLE NAME): the name as constants have it; zero_c becomes ZeroC.
function(camel_case variable name)
  string(REPLACE "_" ";" parts "${name}")
  set(camel "")
  foreach(part IN LISTS parts)
    string(SUBSTRING ${part} 0 1 first)
    string(SUBSTRING ${part} 1 -1 rest)
    string(TOUPPER ${first} first)
    string(APPEND camel ${first}${rest})
  endforeach()
  set(${variable} "${camel}" PARENT_SCOPE)
endfunction()
