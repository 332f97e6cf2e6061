// SPDX-License-Identifier: Apache-2.0

// Where the two result words of a quarter of a row belong: banks and lines of the activation memory, and
// which of them exist. Word 0 is the quarter's first 8 channels; word 1 the next 8 or, of pairs, the
// pixel to the right.

module network_place (
  input  logic                clk_i,      // clock
  input  record_pkg::record_t record_i,
  input  network_pkg::row_t   row_i,
  input  logic [1:0]          quarter_i,  // of the row
  output logic [1:0]          exist_o,    // a cycle later
  output logic [5:0]          bank_o,     // two cycles later
  output logic [19:0]         line_o,     // two cycles later
  output logic [8:0]          column_o    // a cycle later: its entry of column parameters
);

  logic [3:0]  pixels;    // from the row's first
  logic [2:0]  block;     // from the row's first: even
  logic [1:0]  column;
  logic [12:0] pixel, pixel_q, pixel_1_q;
  logic [9:0]  plane, plane_q, plane_1_q;
  logic [2:0]  bank_q;
  logic        pair_q;

  always_comb begin
    pixels = '0;
    block  = '0;
    column = '0;
    if (record_i.kind != network_pkg::Convolution || record_i.folds_log2 == 2'd2) begin
      pixels = record_i.pair ? {1'b0, quarter_i, 1'b0} : {2'b0, quarter_i};
    end else if (record_i.folds_log2 == 2'd1) begin
      pixels = {3'b0, quarter_i[1]};
      block  = {1'b0, quarter_i[0], 1'b0};
      column = {1'b0, quarter_i[0]};
    end else begin
      block  = {quarter_i, 1'b0};
      column = quarter_i;
    end
  end

  // A block is out_pitch lines.
  assign pixel = row_i.pixel + 13'(pixels);
  assign plane = row_i.plane + (block[1] ? {record_i.out_pitch[8:0], 1'b0} : '0) +
                 (block[2] ? {record_i.out_pitch[7:0], 2'b0} : '0);

  always_ff @(posedge clk_i) begin
    exist_o[0] <= pixels < row_i.left && 4'(block) < row_i.blocks;
    exist_o[1] <= record_i.pair ? pixels + 4'd1 < row_i.left :
                  record_i.kind != network_pkg::Depthwise && pixels < row_i.left &&
                  4'(block) + 4'd1 < row_i.blocks;
    column_o   <= row_i.column + 9'(column);
    pixel_q    <= pixel;
    pixel_1_q  <= pixel + 13'(record_i.pair);
    plane_q    <= plane;
    plane_1_q  <= record_i.pair ? plane : plane + record_i.out_pitch;
    bank_q     <= row_i.block + block;
    pair_q     <= record_i.pair;
    bank_o     <= {pixel_1_q[2:0] + bank_q + 3'(!pair_q), pixel_q[2:0] + bank_q};
    line_o     <= {plane_1_q + pixel_1_q[12:3], plane_q + pixel_q[12:3]};
  end

endmodule
