# SPDX-License-Identifier: Apache-2.0

# The folder that xmutil loads: bitstream, device tree overlay, shell.json, xclbin. The overlay is
# the Vitis platform's: it has the interrupt controller and zocl's node, and is the same for every
# kernel.
macro(kria_firmware)
  shell(": \"\${FABRIQ_XSA:?set it to the .xsa of the Vitis platform ${vitis_platform}}\"")
  run(mkdir -p firmware/fabriq)
  run(cp _x/link/int/system.bit fabriq.bit)
  write_file(fabriq.bif "all: { fabriq.bit }\n")
  run(bootgen -arch zynqmp -process_bitstream bin -image fabriq.bif -w on -o fabriq.bit.bin)
  shell("xsct -eval \"createdts -hw $FABRIQ_XSA -zocl -platform-name fabriq\
 -git-branch xlnx_rel_v${vitis} -overlay -out devicetree\"")
  shell("dtsi=\"$(find devicetree -name pl.dtsi -print -quit)\"")
  shell("sed -i 's/firmware-name = \"[^\"]*\"/firmware-name = \"fabriq.bit.bin\"/' \"$dtsi\"")
  shell("dtc -@ -I dts -O dtb -o firmware/fabriq/fabriq.dtbo \"$dtsi\"")
  run(mv fabriq.bit.bin firmware/fabriq/)
  write_file(firmware/fabriq/shell.json "{\"shell_type\": \"XRT_FLAT\", \"num_slots\": \"1\"}\n")
  run(cp fabriq.xclbin firmware/fabriq/fabriq.xclbin)
endmacro()
