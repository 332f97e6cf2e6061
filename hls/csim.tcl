# SPDX-License-Identifier: Apache-2.0
#
# C simulation and synthesis of one kernel with Vitis HLS 2022.1 or newer, from the folder hls:
#   vitis_hls -f csim.tcl -tclargs matmul_i8i8 xc7z020clg400-1 10.0
# Arguments: kernel, part and clock period in ns; the last two are optional. Append `cosim` to run the
# testbench against the RTL too (slow: the whole problem list).

lassign [lrange $argv [lsearch -glob $argv matmul_*] end] kernel part period cosim
if {$part eq ""} { set part xc7z020clg400-1 }
if {$period eq ""} { set period 10.0 }

set here [file dirname [file normalize [info script]]]
set flags "-std=c++14 -I$here/include -DFABRIQ_FABRIC_ARITHMETIC"

open_project -reset build_$kernel
set_top $kernel
add_files $here/kernels/$kernel.cpp -cflags $flags
add_files -tb $here/test/${kernel}_test.cpp -cflags "$flags -I$here/test -Wno-unknown-pragmas"
add_files -tb $here/test/shapes_matmul.txt
open_solution -reset solution -flow_target vitis
set_part $part
create_clock -period $period
csim_design
csynth_design
if {$cosim eq "cosim"} { cosim_design }
exit
