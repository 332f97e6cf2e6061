// SPDX-License-Identifier: Apache-2.0

// The activation memory: 8 banks of 64-bit words. The word of block c (8 channels) and pixel p lies in
// bank (p + c) % 8, line base + c * pitch + p / 8.
//
// So any 8 consecutive pixels of a block are one cycle's read: each bank has one of them, in one of two
// neighbouring lines. And the same pixel of two neighbouring blocks, or a block's neighbouring pixels,
// are written in one cycle.

module network_memory (
  input  logic               clk_i,      // clock
  input  network_pkg::beat_t beat_i,     // what to read
  output logic [511:0]       line_o,     // two cycles later, by bank
  input  logic [7:0]         b_write_i,  // the other port: banks to write, else they read
  input  logic [79:0]        b_line_i,
  input  logic [511:0]       b_i,
  output logic [511:0]       b_o         // a cycle later
);

  for (genvar b = 0; b < 8; b++) begin : gen_bank
    logic [9:0] line_q;
    logic [2:0] ahead;  // pixels from the first to that of this bank
    logic       next;   // which lies in the next line
    assign ahead = 3'(b) - beat_i.bank;
    assign next  = ahead > ~beat_i.low;
    always_ff @(posedge clk_i) line_q <= beat_i.line + 10'(next);

    network_bank i_bank (
      .clk_i,
      .a_line_i (line_q),
      .a_o      (line_o[64*b+:64]),
      .b_write_i(b_write_i[b]),
      .b_line_i (b_line_i[10*b+:10]),
      .b_i      (b_i[64*b+:64]),
      .b_o      (b_o[64*b+:64])
    );
  end

endmodule
