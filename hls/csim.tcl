# SPDX-License-Identifier: Apache-2.0
#
# C simulation and synthesis of one kernel with Vitis HLS 2022.1 or newer, from the folder hls:
#   vitis_hls -f csim.tcl -tclargs matmul_i8i8 xc7z020clg400-1 10.0
# Arguments: kernel, part and clock period in ns; the last two are optional. Append `cosim` to run the
# testbench against the RTL too (slow: the whole problem list). network_i8, whose testbench is of many
# files and C++17, is only synthesized.

lassign [lrange $argv [lsearch -regexp $argv {^(matmul|network)_}] end] kernel part period cosim
if {$part eq ""} { set part xc7z020clg400-1 }
if {$period eq ""} { set period 10.0 }

set here [file dirname [file normalize [info script]]]
set flags "-std=c++14 -I$here/include -DFABRIQ_FABRIC_ARITHMETIC"

open_project -reset build_$kernel
set_top $kernel
add_files $here/kernels/$kernel.cpp -cflags $flags
set testbench $here/test/${kernel}_test.cpp
if {[file exists $testbench]} {
  add_files -tb $testbench -cflags "$flags -I$here/test -Wno-unknown-pragmas"
  add_files -tb $here/test/shapes_matmul.txt
}
open_solution -reset solution -flow_target vitis
set_part $part
create_clock -period $period
if {[file exists $testbench]} { csim_design }
csynth_design
if {$cosim eq "cosim" && [file exists $testbench]} { cosim_design }
exit
