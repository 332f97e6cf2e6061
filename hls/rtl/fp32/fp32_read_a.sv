// SPDX-License-Identifier: Apache-2.0

// Asks for A in the order in which the array needs it: for each tile of the walk, its rows in
// blocks of BlockWords words each.

module fp32_read_a #(
  parameter int unsigned Rows         = 8,    // of a tile
  parameter int unsigned PanelColumns = 64,   // of a tile
  parameter int unsigned ChunkRows    = 512,  // of B, when it is streamed
  parameter int unsigned DataWidth    = 64    // of a word
) (
  input  logic                    clk_i,            // clock
  input  logic                    rst_ni,           // synchronous reset, active low
  input  fp32_pkg::call_t         call_i,           // a call
  input  logic                    call_valid_i,     // waits
  output logic                    call_taken_o,     // and is taken
  output logic                    request_valid_o,  // read this block
  input  logic                    request_ready_i,  // it is accepted
  output logic [63:0]             address_o,        // of its first row
  output logic [$clog2(Rows):0]   rows_o,           // 1 .. Rows
  output logic [4:0]              words_o,          // of a row, 1 .. BlockWords
  output logic [19:0]             bytes_o,          // of a row
  output logic [19:0]             pitch_o           // from row to row
);

  localparam int unsigned BlockColumns = fp32_pkg::BlockWords * DataWidth / 32;  // of A

  logic        active_q;
  logic [63:0] a_q;      // address of A

  logic        next, end_of_call, step;
  logic [1:0]  unused_tile;
  logic [20:0] rows_left;
  logic [16:0] chunk, unused_columns;
  logic        unused_first_chunk, last_chunk, last_tile, last_block, last_panel;

  assign call_taken_o = call_valid_i && !active_q;

  fp32_walk #(
    .Rows        (Rows),
    .PanelColumns(PanelColumns),
    .ChunkRows   (ChunkRows)
  ) i_walk (
    .clk_i,
    .start_i       (call_taken_o),
    .call_i,
    .next_i        (next),
    .tile_o        (unused_tile),
    .rows_left_o   (rows_left),
    .k_o           (chunk),
    .columns_left_o(unused_columns),
    .first_chunk_o (unused_first_chunk),
    .last_chunk_o  (last_chunk),
    .last_tile_o   (last_tile),
    .last_block_o  (last_block),
    .last_panel_o  (last_panel)
  );

  logic        fresh_q;        // at the chunk's first block
  logic [16:0] later_q, left;  // columns of A left in the chunk
  logic [16:0] columns;        // of the block
  logic [63:0] tile_q, block_q, place_q, down;  // addresses: tile, row block, block of A

  assign left        = fresh_q ? chunk : later_q;
  assign columns     = left > 17'(BlockColumns) ? 17'(BlockColumns) : left;
  assign step        = request_valid_o && request_ready_i;
  assign next        = step && left <= 17'(BlockColumns);
  assign end_of_call = next && last_chunk && last_tile && last_block && last_panel;

  assign request_valid_o = active_q;
  assign address_o = place_q;
  assign rows_o    = rows_left > 21'(Rows) ? ($clog2(Rows) + 1)'(Rows)
                                           : rows_left[$clog2(Rows):0];
  assign bytes_o   = {1'b0, columns, 2'b00};
  assign words_o   = 5'((columns + 17'(DataWidth / 32 - 1)) / 17'(DataWidth / 32));
  assign down      = tile_q + 64'(pitch_o) * 64'(Rows);

  logic [63:0] chunk_q;  // bytes from a row's begin to the chunk

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q <= 1'b0;
    end else begin
      if (call_taken_o) active_q <= 1'b1;
      else if (end_of_call) active_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (step) begin
      fresh_q <= next;
      later_q <= left - 17'(BlockColumns);
      place_q <= place_q + 64'(BlockColumns * 4);
    end
    if (next) begin
      if (!last_tile) begin
        tile_q  <= down;
        place_q <= down + chunk_q;
      end else if (!last_chunk) begin
        tile_q  <= block_q;
        chunk_q <= chunk_q + 64'(ChunkRows * 4);
        place_q <= block_q + chunk_q + 64'(ChunkRows * 4);
      end else begin
        tile_q  <= last_block ? a_q : down;
        block_q <= last_block ? a_q : down;
        place_q <= last_block ? a_q : down;
        chunk_q <= '0;
      end
    end
    if (call_taken_o) begin
      a_q     <= call_i.a;
      pitch_o <= {14'((18'(call_i.k) + 18'd15) >> 4), 6'd0};
      fresh_q <= 1'b1;
      tile_q  <= call_i.a;
      block_q <= call_i.a;
      place_q <= call_i.a;
      chunk_q <= '0;
    end
  end

endmodule
