# SPDX-License-Identifier: Apache-2.0
#
# One kernel as IP for a block design, with Vitis HLS 2022.1 to 2023.1 (later: v++ -c --mode hls):
#   vitis_hls -f hls_ip.tcl -tclargs ROOT KERNEL PART MHZ OUT
# writes OUT/ip/KERNEL.zip.

lassign [lrange $argv end-4 end] root kernel part mhz out

open_project -reset $out/hls_$kernel
set_top $kernel
add_files $root/hls/kernels/$kernel.cpp -cflags "-std=c++14 -I$root/hls/include"
open_solution -reset solution -flow_target vivado
set_part $part
create_clock -period ${mhz}MHz
csynth_design
export_design -format ip_catalog -vendor fabriq -library kernel -output $out/ip/$kernel.zip
exit
