# SPDX-License-Identifier: Apache-2.0
#
# A Zynq-7000 with kernels behind AXI interconnects, through to the bitstream OUT/fabriq.bit:
#
#   processor GP0 -> interconnect -> s_axi_control of each kernel, 64 KiB each from BASE on
#   each port of a kernel -> interconnect -> the processor's HP port that PORTS names -> DDR
#   interrupt of kernel i -> IRQ_F2P[i]
#
#   vivado -mode batch -source block_design.tcl -tclargs OUT PART MHZ BASE KERNEL,... KERNEL:BUNDLE:HPn,...
#
# The IPs are in OUT/ip. The processor's own settings (DDR, peripherals) come from the boot loader
# of the board's Linux, not from here; only ports, clock 0 and interrupts matter. Needs Vivado
# 2022.1 or newer.

lassign $argv out part mhz base kernels ports
set kernels [split $kernels ,]
set ports [split $ports ,]

create_project -force fabriq $out/vivado -part $part
set_property ip_repo_paths $out/ip [current_project]
update_ip_catalog
create_bd_design fabriq

set processor [create_bd_cell -type ip -vlnv xilinx.com:ip:processing_system7 processor]
set_property -dict [list \
  CONFIG.PCW_USE_M_AXI_GP0 1 \
  CONFIG.PCW_FPGA0_PERIPHERAL_FREQMHZ $mhz \
  CONFIG.PCW_USE_FABRIC_INTERRUPT 1 \
  CONFIG.PCW_IRQ_F2P_INTR 1] $processor
apply_bd_automation -rule xilinx.com:bd_rule:processing_system7 \
  -config {make_external "FIXED_IO, DDR" apply_board_preset "0" Master "Disable" Slave "Disable"} \
  $processor
set clock [get_bd_pins processor/FCLK_CLK0]

set reset [create_bd_cell -type ip -vlnv xilinx.com:ip:proc_sys_reset reset]
connect_bd_net $clock [get_bd_pins reset/slowest_sync_clk] [get_bd_pins processor/M_AXI_GP0_ACLK]
connect_bd_net [get_bd_pins processor/FCLK_RESET0_N] [get_bd_pins reset/ext_reset_in]
set reset_n [get_bd_pins reset/peripheral_aresetn]

# An interconnect between so many masters and slaves, all on one clock.
proc interconnect {name masters slaves} {
  global clock reset_n
  create_bd_cell -type ip -vlnv xilinx.com:ip:axi_interconnect $name
  set_property -dict [list CONFIG.NUM_SI $masters CONFIG.NUM_MI $slaves] [get_bd_cells $name]
  set cell [get_bd_cells $name]
  connect_bd_net $clock [get_bd_pins -of_objects $cell -filter {TYPE == clk}]
  connect_bd_net $reset_n [get_bd_pins -of_objects $cell -filter {TYPE == rst}]
}

interconnect control 1 [llength $kernels]
connect_bd_intf_net [get_bd_intf_pins processor/M_AXI_GP0] [get_bd_intf_pins control/S00_AXI]
create_bd_cell -type ip -vlnv xilinx.com:ip:xlconcat interrupts
set_property CONFIG.NUM_PORTS [llength $kernels] [get_bd_cells interrupts]
connect_bd_net [get_bd_pins interrupts/dout] [get_bd_pins processor/IRQ_F2P]

set index 0
foreach kernel $kernels {
  create_bd_cell -type ip -vlnv [get_ipdefs -all *:*:$kernel:*] ${kernel}_1
  connect_bd_net $clock [get_bd_pins ${kernel}_1/ap_clk]
  connect_bd_net $reset_n [get_bd_pins ${kernel}_1/ap_rst_n]
  connect_bd_net [get_bd_pins ${kernel}_1/interrupt] [get_bd_pins interrupts/In$index]
  connect_bd_intf_net [get_bd_intf_pins control/M[format %02d $index]_AXI] \
    [get_bd_intf_pins ${kernel}_1/s_axi_control]
  incr index
}

# What shares an HP port shares its interconnect.
set masters_of [dict create]
foreach port $ports {
  lassign [split $port :] kernel bundle memory
  dict lappend masters_of $memory ${kernel}_1/m_axi_$bundle
}
dict for {memory masters} $masters_of {
  set_property CONFIG.PCW_USE_S_AXI_$memory 1 $processor
  connect_bd_net $clock [get_bd_pins processor/S_AXI_${memory}_ACLK]
  interconnect memory_$memory [llength $masters] 1
  set index 0
  foreach master $masters {
    connect_bd_intf_net [get_bd_intf_pins $master] \
      [get_bd_intf_pins memory_$memory/S[format %02d $index]_AXI]
    incr index
  }
  connect_bd_intf_net [get_bd_intf_pins memory_$memory/M00_AXI] \
    [get_bd_intf_pins processor/S_AXI_$memory]
}

set address $base
foreach kernel $kernels {
  assign_bd_address -offset [format 0x%08x $address] -range 64K \
    [get_bd_addr_segs ${kernel}_1/s_axi_control/*]
  incr address 0x10000
}
assign_bd_address
validate_bd_design
save_bd_design

add_files -norecurse [make_wrapper -top -files [get_files fabriq.bd]]
set_property top fabriq_wrapper [current_fileset]
launch_runs impl_1 -to_step write_bitstream -jobs 4
wait_on_runs impl_1
if {[get_property PROGRESS [get_runs impl_1]] ne "100%"} {
  error "implementation failed; see $out/vivado/fabriq.runs"
}
open_run impl_1
report_utilization -file $out/utilization.rpt
report_timing_summary -file $out/timing.rpt
file copy -force [get_property DIRECTORY [get_runs impl_1]]/fabriq_wrapper.bit $out/fabriq.bit
exit
