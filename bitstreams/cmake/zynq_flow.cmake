# SPDX-License-Identifier: Apache-2.0

# Zynq-7000: an IP per kernel, a block design around them, bitstream and device tree overlay, and
# the xclbin that FabriQ packs itself, because no Vitis platform is shipped for these boards.
macro(zynq_flow)
  json_get(control_base "${platform}" control_base)
  json_get(memory_mib "${platform}" memory_mib)
  run(mkdir -p ip)
  set(ports "")
  foreach(kernel ${kernels})
    compile_ip(${kernel})
    pointers(arguments ${kernel})
    foreach(argument ${arguments})
      string(REGEX REPLACE "^.*=" "" bundle ${argument})
      string(JSON memory GET "${platform}" connect ${bundle})
      list(APPEND ports ${kernel}:${bundle}:${memory})
    endforeach()
  endforeach()
  list(REMOVE_DUPLICATES ports)
  list(JOIN kernels "," names)
  list(JOIN ports "," ports)
  run(vivado -mode batch -nojournal -log block_design.log
    -source ${root}/bitstreams/vivado/block_design.tcl
    -tclargs ${OUT} ${part} ${clock_mhz} ${control_base} ${names} ${ports})
  write_file(fabriq.bif "all: { fabriq.bit }\n")
  run(bootgen -arch zynq -process_bitstream bin -image fabriq.bif -w on -o fabriq.bit.bin)
  zynq_overlay(text)
  write_file(fabriq.dts "${text}")
  run(dtc -@ -I dts -O dtb -o fabriq.dtbo fabriq.dts)
  run(${FABRIQ} xclbin pack --platform fabriq_${PLATFORM} --clock ${clock_mhz}
    --kernels ${names} ${stated_configuration} --base ${control_base} --memory ${memory_mib}
    --bitstream ${OUT}/fabriq.bit --tool vivado=${vitis} --out ${OUT}/fabriq.xclbin)
endmacro()

# compile_ip(KERNEL): the IP, in ip/KERNEL.
macro(compile_ip kernel)
  if(SOURCE STREQUAL "rtl")
    rtl_kernel(${kernel} ip)
  else()
    if(vitis VERSION_LESS 2023.2)
      run(vitis_hls -f ${root}/bitstreams/vivado/hls_ip.tcl
        -tclargs ${root} ${kernel} ${part} ${clock_mhz} ${OUT})
    else()
      hls_configuration(text ${kernel} vivado ip_catalog)
      write_file(${kernel}.cfg "part=${part}\n\n${text}clock=${clock_mhz}MHz\n")
      run(v++ -c --mode hls --config ${kernel}.cfg --work_dir _x/${kernel})
    endif()
    run(mkdir -p ip/${kernel})
    run(cmake -E chdir ip/${kernel} cmake -E tar xf ../${kernel}.zip)
  endif()
endmacro()

# zynq_overlay(VARIABLE): the bitstream for the FPGA manager, and zocl with one interrupt per
# compute unit: IRQ_F2P[0..7] are shared peripheral interrupts 29 to 36 (UG585, table 7-4).
function(zynq_overlay variable)
  set(interrupts "")
  set(number 29)
  foreach(kernel ${kernels})
    list(APPEND interrupts "<0 ${number} 4>")
    math(EXPR number "${number} + 1")
  endforeach()
  list(JOIN interrupts ", " interrupts)
  set(${variable} "/dts-v1/;
/plugin/;

&fpga_full {
	firmware-name = \"fabriq.bit.bin\";
};

&amba {
	zyxclmm_drm {
		compatible = \"xlnx,zocl\";
		status = \"okay\";
		interrupt-parent = <&intc>;
		interrupts = ${interrupts};
	};
};
" PARENT_SCOPE)
endfunction()
