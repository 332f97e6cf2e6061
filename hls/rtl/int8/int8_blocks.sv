// SPDX-License-Identifier: Apache-2.0

// Walks through the blocks of a call, in the one order that all parts of the kernel follow:
//
//   for each tile of Columns columns of C
//     for each block of rows               all rows, unless k is split
//       for each block of BlockValues k    all k, if they fit
//
// k is split where a tile's B is larger than BlockValues rows; partial sums are then held for
// BlockRows rows.

module int8_blocks #(
  parameter int unsigned Columns     = 64,
  parameter int unsigned BlockValues = 2048,  // a power of two
  parameter int unsigned BlockRows   = 64     // a power of two
) (
  input  logic        clk_i,    // clock
  input  logic        rst_ni,   // synchronous reset, active low
  input  logic        start_i,  // begin a call; only while not valid_o
  input  logic [20:0] m_i,      // its rows of A
  input  logic [16:0] k_i,      // its columns of A
  input  logic [16:0] n_i,      // its columns of B
  output int8_pkg::block_t      block_o,  // the block
  output logic        valid_o,  // there is one
  input  logic        next_i    // go to the next one, if any
);

  logic        split_q;
  logic [20:0] m_q, m_left_q, rows;
  logic [16:0] k_q, k_left_q, values, n_left_q;
  logic        last_k, last_rows, last_tile;

  assign last_k    = k_left_q <= 17'(BlockValues);
  assign values    = last_k ? k_left_q : 17'(BlockValues);
  assign last_rows = !split_q || m_left_q <= 21'(BlockRows);
  assign rows      = last_rows ? m_left_q : 21'(BlockRows);
  assign last_tile = n_left_q <= 17'(Columns);

  assign block_o.columns    = last_tile ? n_left_q : 17'(Columns);
  assign block_o.rows       = rows;
  assign block_o.values     = values;
  assign block_o.first_k    = k_left_q == k_q;
  assign block_o.last_k     = last_k;
  assign block_o.first_rows = m_left_q == m_q;
  assign block_o.last_rows  = last_rows;
  assign block_o.last       = last_tile && last_rows && last_k;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_o <= 1'b0;
    else if (start_i) valid_o <= 1'b1;
    else if (next_i && block_o.last) valid_o <= 1'b0;
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      split_q  <= k_i > 17'(BlockValues);
      m_q      <= m_i;
      m_left_q <= m_i;
      k_q      <= k_i;
      k_left_q <= k_i;
      n_left_q <= n_i;
    end else if (next_i) begin
      k_left_q <= last_k ? k_q : k_left_q - values;
      if (last_k) m_left_q <= last_rows ? m_q : m_left_q - rows;
      if (last_k && last_rows) n_left_q <= n_left_q - 17'(Columns);
    end
  end

endmodule
