# SPDX-License-Identifier: Apache-2.0

# v++: an object per kernel, link, package, manifest.
#
# Up to Vitis 2023.1 kernels are compiled with `v++ -c -k` (UG1393); from 2023.2 on with
# `v++ -c --mode hls` and a configuration file (UG1399, HLS Config File Commands; since 2024.1 also
# UG1702). Link and package: UG1393, since 2024.1 UG1702. bitstreams/README.md lists what was read.
macro(vitis_flow)
  json_get(vitis_platform "${platform}" vitis_platform)
  string(REPLACE "." "" release ${vitis})
  string(REPLACE "RELEASE" "${release}0" vitis_platform "${vitis_platform}")
  if(VITIS_PLATFORM)
    set(vitis_platform ${VITIS_PLATFORM})
  endif()
  set(objects "")
  foreach(kernel ${kernels})
    compile_kernel(${kernel})
    list(APPEND objects ${kernel}.xo)
  endforeach()
  link_configuration(text)
  write_file(link.cfg "${text}")
  set(frequency "")
  if(NOT vitis VERSION_LESS 2023.2)
    set(frequency --freqhz=${clock_mhz}000000)
  endif()
  set(common -t ${target} --platform ${vitis_platform} --temp_dir _x
    --report_dir reports --log_dir logs)
  run(v++ -l ${common} ${frequency} --config link.cfg -o fabriq.link.xclbin ${objects})
  set(card "")
  if(family STREQUAL "zynqmp")
    shell(": \"\${FABRIQ_ROOTFS:?set it to the folder with rootfs.ext4 and Image of the board}\"")
    # Words of shell, not quoted: the folder is the user's.
    string(CONCAT card " --package.boot_mode sd --package.rootfs \"$FABRIQ_ROOTFS/rootfs.ext4\""
      " --package.sd_file \"$FABRIQ_ROOTFS/Image\"")
  endif()
  list(JOIN common " " words)
  shell("v++ -p ${words} --package.out_dir package${card} -o fabriq.xclbin fabriq.link.xclbin")
  if(NOT target STREQUAL "hw")
    run(emconfigutil --platform ${vitis_platform} --od .)
  endif()
  run(${FABRIQ} xclbin describe --clock ${clock_mhz} ${stated_configuration} --tool v++=${vitis}
    ${OUT}/fabriq.xclbin)
endmacro()

# compile_kernel(KERNEL): KERNEL.xo.
macro(compile_kernel kernel)
  set(hertz ${clock_mhz}000000)
  if(SOURCE STREQUAL "rtl")
    rtl_kernel(${kernel} xo)
  elseif(vitis VERSION_LESS 2023.2)
    write_file(${kernel}.cfg "[hls]\nclock=${hertz}:${kernel}\n")
    run(v++ -c -t ${target} --platform ${vitis_platform} --config ${kernel}.cfg -k ${kernel}
      -I${root}/hls/include --temp_dir _x/${kernel} --report_dir reports --log_dir logs
      -o ${kernel}.xo ${root}/hls/kernels/${kernel}.cpp)
  else()
    hls_configuration(text ${kernel} vitis xo)
    write_file(${kernel}.cfg "${text}")
    run(v++ -c --mode hls --platform ${vitis_platform} --freqhz=${hertz} --config ${kernel}.cfg
      --work_dir _x/${kernel})
  endif()
endmacro()

# hls_configuration(VARIABLE KERNEL FLOW FORMAT): the section [hls] for `v++ -c --mode hls`, and
# with the testbench, of kernels that have one for it, for `vitis-run --mode hls --csim` and `--cosim`.
function(hls_configuration variable kernel flow format)
  set(output ${OUT}/${kernel}.xo)
  if(format STREQUAL "ip_catalog")
    set(output ${OUT}/ip/${kernel}.zip)
  endif()
  set(testbench "")
  if(EXISTS ${root}/hls/test/${kernel}_test.cpp)
    set(testbench "tb.file=${root}/hls/test/${kernel}_test.cpp
tb.file=${root}/hls/test/shapes_matmul.txt
tb.cflags=-std=c++14 -I${root}/hls/include -I${root}/hls/test -Wno-unknown-pragmas
")
  endif()
  set(${variable} "[hls]
flow_target=${flow}
syn.file=${root}/hls/kernels/${kernel}.cpp
syn.cflags=-std=c++14 -I${root}/hls/include
syn.top=${kernel}
${testbench}package.output.format=${format}
package.output.file=${output}
package.output.syn=1
" PARENT_SCOPE)
endfunction()
