// SPDX-License-Identifier: Apache-2.0

// Deals the beats of A out to the rows' buffers, which hold two blocks each.

module fp32_fill_a #(
  parameter int unsigned Rows      = 8,
  parameter int unsigned DataWidth = 64
) (
  input  logic                  clk_i,           // clock
  input  logic                  rst_ni,          // synchronous reset, active low
  input  logic                  block_valid_i,   // the next block
  input  logic [$clog2(Rows):0] block_rows_i,    // has these rows, 1 .. Rows
  input  logic [4:0]            block_words_i,   // of these words, 1 .. BlockWords
  output logic                  block_taken_o,   // all of it has come
  input  logic [DataWidth-1:0]  data_i,          // a beat
  input  logic                  valid_i,         // is there
  output logic                  ready_o,         // and taken
  input  logic                  release_i,       // the array has read a block for the last time
  output logic                  filled_o,        // a block is in the buffers (pulse)
  output logic [Rows-1:0]       fill_o,          // write for this row
  output logic [4:0]            fill_address_o,  // there
  output logic [DataWidth-1:0]  fill_data_o      // this
);

  logic [1:0]              held_q;  // blocks in the buffers
  logic                    half_q;
  logic [$clog2(Rows)-1:0] row_q;
  logic [3:0]              word_q;
  logic                    take, row_ends, block_ends;

  assign ready_o       = block_valid_i && held_q != 2'd2;
  assign take          = valid_i && ready_o;
  assign row_ends      = 5'(word_q) + 5'd1 == block_words_i;
  assign block_ends    = row_ends && ($clog2(Rows) + 1)'(row_q) + 1'b1 == block_rows_i;
  assign block_taken_o = take && block_ends;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      held_q   <= '0;
      half_q   <= 1'b0;
      row_q    <= '0;
      word_q   <= '0;
      fill_o   <= '0;
      filled_o <= 1'b0;
    end else begin
      held_q   <= held_q + 2'(block_taken_o) - 2'(release_i);
      filled_o <= block_taken_o;
      fill_o   <= '0;
      if (take) begin
        fill_o[row_q] <= 1'b1;
        word_q        <= row_ends ? '0 : word_q + 1'b1;
        if (row_ends) row_q <= block_ends ? '0 : row_q + 1'b1;
        if (block_ends) half_q <= !half_q;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    fill_address_o <= {half_q, word_q};
    fill_data_o    <= data_i;
  end

endmodule
