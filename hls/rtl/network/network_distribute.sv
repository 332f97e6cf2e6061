// SPDX-License-Identifier: Apache-2.0

// From a line of 8 banks to what the four quarters of the array take: turns the pixels into order, puts
// the zero point where there is no pixel, and gives each quarter its pixel.

module network_distribute #(
  parameter int unsigned Lanes = 8  // of the array
) (
  input  logic               clk_i,     // clock
  input  logic [511:0]       line_i,    // from network_memory, two cycles behind beat_i
  input  network_pkg::beat_t beat_i,    // delayed here
  input  logic [7:0]         zero_i,    // zero point
  output logic [511:0]       pixels_o,  // 4 cycles behind the beat: 8 pixels in order
  output logic [1023:0]      bus_o      // 5 cycles behind: a quarter's 4 words, the last 3 if depthwise
);

  localparam int unsigned Bits = 3 + 8 + 1 + 1 + 2 + 1;

  logic [Bits-1:0] beat_1_q, beat_2_q;
  logic [Bits-3:0] beat_3_q;
  logic [4:0]      beat_4_q;
  always_ff @(posedge clk_i) begin
    beat_1_q <= {beat_i.bank, beat_i.there, beat_i.upper, beat_i.depthwise, beat_i.folds, beat_i.two};
    beat_2_q <= beat_1_q;
    beat_3_q <= beat_2_q[Bits-3:0];
    beat_4_q <= beat_3_q[4:0];
  end

  // By 0, 2, 4 or 6 banks, then by 0 or 1.
  logic [511:0] turned_q;
  logic [1:0]   by_2;
  logic         by_1;
  logic [7:0]   there;
  assign by_2  = beat_2_q[Bits-1-:2];
  assign by_1  = beat_3_q[Bits-3];
  assign there = beat_3_q[5+:8];

  always_ff @(posedge clk_i) begin
    for (int k = 0; k < 8; k++) begin
      turned_q[64*k+:64] <= line_i[64*((k+2*32'(by_2))%8)+:64];
      pixels_o[64*k+:64] <= !there[k] ? {8{zero_i}} :
                            by_1 ? turned_q[64*((k+1)%8)+:64] : turned_q[64*k+:64];
    end
  end

  logic       upper, depthwise, two;
  logic [1:0] folds;
  assign {upper, depthwise, folds, two} = beat_4_q;

  for (genvar q = 0; q < 4; q++) begin : gen_quarter
    logic [2:0]  pick;
    logic [63:0] word;
    assign word = pixels_o[64*pick+:64];
    always_comb begin
      pick = '0;
      if (depthwise) pick = q == 3 ? '0 : 3'(2 * q);
      else if (folds == 2'd2) pick = two ? 3'(2 * q) : 3'(q);
      else if (folds == 2'd1 && q >= 2) pick = two ? 3'd2 : 3'd1;
    end

    // Four lanes take half a word. The last quarter takes no part in depthwise layers.
    always_ff @(posedge clk_i) begin
      bus_o[256*q+:64]     <= Lanes == 4 && upper ? {word[63:32], word[63:32]} : word;
      bus_o[256*q+64+:192] <= q == 3 ? '0 : pixels_o[64*(q==3?0:2*q+1)+:192];
    end
  end

endmodule
