# SPDX-License-Identifier: Apache-2.0
#
# Packages a kernel of hls/rtl as a Vivado IP, OUT/ip/KERNEL, and for FORMAT xo also as the kernel
# object OUT/KERNEL.xo with the description OUT/KERNEL.xml (UG1393, "Packaging the RTL Code as a
# Vitis XO"):
#   vivado -mode batch -source package_kernel.tcl -tclargs KERNEL CONFIGURATION PART OUT FORMAT
# OUT/rtl/KERNEL/registers_pkg.sv must be there, with the kernel's other packages beside it. Needs
# Vivado 2022.1 or newer.

lassign $argv kernel configuration part out format
set rtl [file normalize [file dirname [info script]]/../../hls/rtl]
set ip $out/ip/$kernel

set list [open [lindex [glob $rtl/*/$kernel.f] 0]]
set sources [list $rtl/configurations/$configuration.sv $out/rtl/$kernel/registers_pkg.sv]
foreach package {record target} {
  set file $out/rtl/$kernel/${package}_pkg.sv
  if {[file exists $file]} { lappend sources $file }
}
foreach source [split [string trim [read $list]] \n] {
  if {![string match //* $source]} { lappend sources $rtl/$source }
}
close $list

create_project -force -part $part package_$kernel $out/rtl/$kernel/project
add_files -norecurse $sources
set_property file_type SystemVerilog [get_files $sources]
# Every kernel has packages of the same names with its own content: a library per kernel keeps them
# apart.
set_property library $kernel [get_files $sources]
set_property top $kernel [current_fileset]
set_property source_mgmt_mode DisplayOnly [current_project]

ipx::package_project -root_dir $ip -vendor fabriq -library kernel -taxonomy /KernelIP \
  -import_files -set_current true
set core [ipx::current_core]
foreach interface [ipx::get_bus_interfaces -of_objects $core] {
  if {[string match *axi* [get_property NAME $interface]]} {
    ipx::associate_bus_interfaces -busif [get_property NAME $interface] -clock ap_clk $core
  }
}
ipx::associate_bus_interfaces -clock ap_clk -reset ap_rst_n $core
if {$format eq "xo"} {
  set_property sdx_kernel true $core
  set_property sdx_kernel_type rtl $core
}
set_property core_revision 1 $core
ipx::create_xgui_files $core
ipx::update_checksums $core
ipx::check_integrity $core
ipx::save_core $core

if {$format eq "xo"} {
  package_xo -force -xo_path $out/$kernel.xo -kernel_name $kernel -ip_directory $ip \
    -kernel_xml $out/$kernel.xml
}
close_project
exit
