// SPDX-License-Identifier: Apache-2.0

// Asks for the rows of C to be written, block by block.

module int8_write_c #(
  parameter int unsigned Columns     = 64,
  parameter int unsigned BlockValues = 2048,
  parameter int unsigned BlockRows   = 64
) (
  input  logic        clk_i,            // clock
  input  logic        rst_ni,           // synchronous reset, active low
  input  int8_pkg::call_t       call_i,           // the next call
  input  logic        call_valid_i,     // call_i counts
  output logic        call_ready_o,     // call_i is taken
  output logic        request_valid_o,  // for axi_write_rows
  input  logic        request_ready_i,
  output logic [63:0] address_o,
  output logic [20:0] rows_o,
  output logic [19:0] bytes_o,
  output logic [19:0] pitch_o,
  output logic        final_o           // the call's last request
);

  int8_pkg::block_t      block;
  logic        valid, start, next, raw_q;
  logic [63:0] tile_q;  // address of the tile's first row

  assign call_ready_o    = !valid;
  assign start           = call_valid_i && call_ready_o;
  assign request_valid_o = valid && block.last_k;
  assign next            = valid && (!block.last_k || request_ready_i);
  assign rows_o          = block.rows;
  assign bytes_o         = raw_q ? {1'b0, block.columns, 2'b00} : 20'(block.columns);
  assign final_o         = block.last;

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
    .valid_o(valid),
    .next_i (next)
  );

  logic [63:0] next_tile;
  assign next_tile = tile_q + (raw_q ? 64'(Columns * 4) : 64'(Columns));

  always_ff @(posedge clk_i) begin
    if (start) begin
      raw_q     <= call_i.raw;
      tile_q    <= call_i.c;
      address_o <= call_i.c;
      pitch_o   <= int8_pkg::pitch(call_i.raw ? {1'b0, call_i.n, 2'b00} : 20'(call_i.n));
    end else if (next && block.last_k) begin
      if (block.last_rows) begin
        tile_q    <= next_tile;
        address_o <= next_tile;
      end else begin
        address_o <= address_o + 64'(pitch_o) * 64'(BlockRows);
      end
    end
  end

endmodule
