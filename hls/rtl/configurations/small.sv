// SPDX-License-Identifier: Apache-2.0

// The kernels beside other logic on a Zynq-7020: a matrix product takes about a third of its DSP slices,
// network_i8 two thirds.

package configuration_pkg;

  // matmul_i8i8; see int8/matmul_i8i8.sv
  localparam int unsigned I8I8DataWidth   = 64;
  localparam int unsigned I8I8Columns     = 16;
  localparam int unsigned I8I8FabricPairs = 0;
  localparam int unsigned I8I8Spacing     = 16;
  localparam int unsigned I8I8Drain       = 4;
  localparam int unsigned I8I8Entries     = 512;
  localparam int unsigned I8I8PartialRows = 64;
  localparam int unsigned I8I8ColumnTiles = 32;
  localparam int unsigned I8I8ResultDepth = 64;
  localparam int unsigned I8I8MaxBurst    = 16;
  localparam int unsigned I8I8FifoDepth   = 64;

  // matmul_f32f32, matmul_f32i8; see fp32/fp32_matmul.sv
  localparam int unsigned F32DataWidth    = 64;
  localparam int unsigned F32Rows         = 4;
  localparam int unsigned F32Columns      = 4;
  localparam int unsigned F32F32StoreRows = 256;
  localparam int unsigned F32I8StoreRows  = 256;
  localparam int unsigned F32StorePanels  = 4;
  localparam int unsigned F32MaxBurst     = 16;
  localparam int unsigned F32FifoDepth    = 64;

  // network_i8; see network/network_i8.sv, and hls/kernels/network_i8.targets.json for the rest
  localparam int unsigned NetworkDataWidth   = 64;
  localparam int unsigned NetworkFabricPairs = 8;
  localparam int unsigned NetworkMaxBurst    = 16;
  localparam int unsigned NetworkFifoDepth   = 64;

endpackage
