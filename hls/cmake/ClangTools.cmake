# SPDX-License-Identifier: Apache-2.0

# fabriq_find_clang_tool(VARIABLE TOOL): the program TOOL (clang++, clang-format) of the distribution's
# default version, else the newest version that is installed under its own name, TOOL-N; from 14 on.
function(fabriq_find_clang_tool variable tool)
  foreach(version RANGE 14 30)
    list(PREPEND names ${tool}-${version})
  endforeach()
  find_program(${variable} NAMES ${tool} ${names})
endfunction()
