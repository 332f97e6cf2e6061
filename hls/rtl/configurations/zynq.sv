// SPDX-License-Identifier: Apache-2.0

// The kernels on a Zynq-7020, alone on the device: 64-bit ports, 512 int8 multiplications at once.

package configuration_pkg;

  // matmul_i8i8; see int8/matmul_i8i8.sv
  localparam int unsigned I8I8DataWidth   = 64;
  localparam int unsigned I8I8Columns     = 64;
  localparam int unsigned I8I8FabricPairs = 7;
  localparam int unsigned I8I8Spacing     = 16;
  localparam int unsigned I8I8Drain       = 4;
  localparam int unsigned I8I8Entries     = 512;
  localparam int unsigned I8I8PartialRows = 64;
  localparam int unsigned I8I8ColumnTiles = 32;
  localparam int unsigned I8I8ResultDepth = 128;
  localparam int unsigned I8I8MaxBurst    = 16;
  localparam int unsigned I8I8FifoDepth   = 128;

endpackage
