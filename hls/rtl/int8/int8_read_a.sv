// SPDX-License-Identifier: Apache-2.0

// Asks for the rows of A, block by block: every word holds Lanes values of k.

module int8_read_a #(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Columns     = 64,
  parameter int unsigned BlockValues = 2048,
  parameter int unsigned BlockRows   = 64
) (
  input  logic        clk_i,            // clock
  input  logic        rst_ni,           // synchronous reset, active low
  input  int8_pkg::call_t       call_i,           // the next call
  input  logic        call_valid_i,     // call_i counts
  output logic        call_ready_o,     // call_i is taken
  output logic        request_valid_o,  // for axi_read_rows
  input  logic        request_ready_i,
  output logic [63:0] address_o,
  output logic [20:0] rows_o,
  output logic [19:0] bytes_o,
  output logic [19:0] pitch_o
);

  int8_pkg::block_t      block;
  logic [63:0] a_q, rows_q;  // addresses of A and of the block of rows
  logic        start, next;

  assign call_ready_o = !request_valid_o;
  assign start        = call_valid_i && call_ready_o;
  assign next         = request_valid_o && request_ready_i;
  assign rows_o       = block.rows;
  assign bytes_o      = (20'(block.values) + 20'(Lanes - 1)) & ~20'(Lanes - 1);

  int8_blocks #(
    .Columns(Columns),
    .BlockValues(BlockValues),
    .BlockRows(BlockRows)
  ) i_blocks (
    .clk_i,
    .rst_ni,
    .start_i(start),
    .m_i    (call_i.m),
    .k_i    (call_i.k),
    .n_i    (call_i.n),
    .block_o(block),
    .valid_o(request_valid_o),
    .next_i (next)
  );

  logic [63:0] next_rows;
  assign next_rows = block.last_rows ? a_q : rows_q + 64'(pitch_o) * 64'(BlockRows);

  always_ff @(posedge clk_i) begin
    if (start) begin
      a_q       <= call_i.a;
      rows_q    <= call_i.a;
      address_o <= call_i.a;
      pitch_o   <= int8_pkg::pitch(20'(call_i.k));
    end else if (next) begin
      address_o <= block.last_k ? next_rows : address_o + 64'(BlockValues);
      if (block.last_k) rows_q <= next_rows;
    end
  end

endmodule
