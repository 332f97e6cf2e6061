# SPDX-License-Identifier: Apache-2.0

# rtl_kernel(KERNEL FORMAT): packages hls/rtl's kernel as an IP in ip/KERNEL and, for FORMAT xo, as
# KERNEL.xo. The register offsets come from the descriptor, as SystemVerilog package and as
# kernel.xml; where the kernel has records and sizes of its own, these are packages too.
macro(rtl_kernel kernel format)
  file(READ ${root}/hls/rtl/configurations/${configuration}.sv sizes)
  set(width_name F32DataWidth)
  if(${kernel} MATCHES "i8i8")
    set(width_name I8I8DataWidth)
  elseif(${kernel} STREQUAL "network_i8")
    set(width_name NetworkDataWidth)
  endif()
  if(NOT sizes MATCHES "${width_name} *= *([0-9]+);")
    message(FATAL_ERROR "hls/rtl/configurations/${configuration}.sv has no ${width_name}")
  endif()
  kernel_xml(xml ${kernel} ${CMAKE_MATCH_1})
  write_file(${kernel}.xml "${xml}")
  run(mkdir -p rtl/${kernel})
  run(cmake -DKERNEL=${kernel} -DCONFIGURATION=${configuration} -DDIRECTORY=${root}/hls/kernels
    -DTO=${OUT}/rtl/${kernel} -P ${root}/hls/cmake/packages.cmake)
  run(vivado -mode batch -nojournal -log ${kernel}.package.log
    -source ${root}/bitstreams/vivado/package_kernel.tcl
    -tclargs ${kernel} ${configuration} ${part} ${OUT} ${format})
endmacro()
