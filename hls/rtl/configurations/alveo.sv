// SPDX-License-Identifier: Apache-2.0

// The kernels on an Alveo card (UltraScale+, 27 x 18 bit multipliers): 512-bit ports, 4096 int8
// multiplications at once.

package configuration_pkg;

  // matmul_i8i8; see int8/matmul_i8i8.sv
  localparam int unsigned I8I8DataWidth   = 512;
  localparam int unsigned I8I8Columns     = 64;
  localparam int unsigned I8I8FabricPairs = 0;
  localparam int unsigned I8I8Spacing     = 18;
  localparam int unsigned I8I8Drain       = 16;
  localparam int unsigned I8I8Entries     = 512;
  localparam int unsigned I8I8PartialRows = 64;
  localparam int unsigned I8I8ColumnTiles = 32;
  localparam int unsigned I8I8ResultDepth = 64;
  localparam int unsigned I8I8MaxBurst    = 16;
  localparam int unsigned I8I8FifoDepth   = 64;

endpackage
