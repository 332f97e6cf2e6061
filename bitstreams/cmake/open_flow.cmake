# SPDX-License-Identifier: Apache-2.0

# FabriQ's own xclbins, without any vendor tool.
macro(open_flow)
  set(model "")
  if(SOURCE STREQUAL "rtl")
    set(model --model rtl)
  endif()
  list(JOIN kernels "," names)
  run(${FABRIQ} xclbin build --target ${target} --kernels ${names} --instances ${units}
    --clock ${clock_mhz} ${model} --out ${OUT}/fabriq.xclbin)
endmacro()
