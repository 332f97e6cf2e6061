// SPDX-License-Identifier: Apache-2.0

// The order of the work, which the array and the reader of A follow: for each panel of columns, for
// each block of Tiles tiles of rows, for each chunk of k, for each tile. Unless B is streamed there
// is one chunk.

module fp32_walk #(
  parameter int unsigned Rows         = 8,   // of a tile
  parameter int unsigned PanelColumns = 64,  // of a tile
  parameter int unsigned ChunkRows    = 512  // of B, when it is streamed
) (
  input  logic            clk_i,         // clock
  input  logic            start_i,       // go to the first place
  input  fp32_pkg::call_t call_i,        // of this call
  input  logic            next_i,        // go on
  output logic [1:0]      tile_o,        // of the row block
  output logic [20:0]     rows_left_o,   // rows of C from the tile's first on
  output logic [16:0]     k_o,           // rows of B in the chunk
  output logic [16:0]     columns_left_o,// columns of C from the panel's first on
  output logic            first_chunk_o,
  output logic            last_chunk_o,
  output logic            last_tile_o,   // of the row block
  output logic            last_block_o,  // of the panel
  output logic            last_panel_o
);

  localparam int unsigned BlockRows = Rows * fp32_pkg::Tiles;

  logic [1:0]  tile_q;
  logic [20:0] rows_q, block_q;  // left from the tile's, the block's first on
  logic [16:0] k_q, columns_q;   // left
  logic [20:0] m_q;              // of the call
  logic [16:0] all_k_q;
  logic        streamed_q;

  assign tile_o         = tile_q;
  assign rows_left_o    = rows_q;
  assign columns_left_o = columns_q;
  assign k_o            = last_chunk_o ? k_q : 17'(ChunkRows);
  assign first_chunk_o  = k_q == all_k_q;
  assign last_chunk_o   = !streamed_q || k_q <= 17'(ChunkRows);
  assign last_tile_o    = tile_q == 2'(fp32_pkg::Tiles - 1) || rows_q <= 21'(Rows);
  assign last_block_o   = block_q <= 21'(BlockRows);
  assign last_panel_o   = columns_q <= 17'(PanelColumns);

  always_ff @(posedge clk_i) begin
    if (next_i) begin
      tile_q <= last_tile_o ? '0 : tile_q + 1'b1;
      rows_q <= rows_q - 21'(Rows);
      if (last_tile_o) begin
        k_q    <= k_q - 17'(ChunkRows);
        rows_q <= block_q;
        if (last_chunk_o) begin
          k_q     <= all_k_q;
          rows_q  <= block_q - 21'(BlockRows);
          block_q <= block_q - 21'(BlockRows);
          if (last_block_o) begin
            rows_q    <= m_q;
            block_q   <= m_q;
            columns_q <= columns_q - 17'(PanelColumns);
          end
        end
      end
    end
    if (start_i) begin
      tile_q    <= '0;
      rows_q    <= call_i.m;
      block_q   <= call_i.m;
      k_q       <= call_i.k;
      columns_q <= call_i.n;
      m_q        <= call_i.m;
      all_k_q    <= call_i.k;
      streamed_q <= call_i.streamed;
    end
  end

endmodule
