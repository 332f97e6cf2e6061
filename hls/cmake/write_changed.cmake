# SPDX-License-Identifier: Apache-2.0

# write_changed(FILE TEXT): leaves a file alone that has this text.
function(write_changed file text)
  set(old "")
  if(EXISTS ${file})
    file(READ ${file} old)
  endif()
  if(NOT old STREQUAL text)
    file(WRITE ${file} "${text}")
  endif()
endfunction()
