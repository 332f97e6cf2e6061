// SPDX-License-Identifier: Apache-2.0

// Shifts a significand right. Bits that leave the two places behind it gather in a sticky bit.
// Combinational.

module fp32_align (
  input  logic [23:0] small_i,     // significand
  input  logic [7:0]  distance_i,  // places to shift by
  output logic [26:0] aligned_o    // significand, guard, round and sticky bit
);

  logic [25:0] by_1, by_4, by_16;
  logic        lost_1, lost_4, lost_16;

  always_comb begin
    unique case (distance_i[1:0])
      2'd0: by_1 = {small_i, 2'b0};
      2'd1: by_1 = {1'b0, small_i, 1'b0};
      2'd2: by_1 = {2'b0, small_i};
      2'd3: by_1 = {3'b0, small_i[23:1]};
    endcase
    lost_1 = &distance_i[1:0] && small_i[0];
    unique case (distance_i[3:2])
      2'd0: {by_4, lost_4} = {by_1, 1'b0};
      2'd1: {by_4, lost_4} = {4'b0, by_1[25:4], |by_1[3:0]};
      2'd2: {by_4, lost_4} = {8'b0, by_1[25:8], |by_1[7:0]};
      2'd3: {by_4, lost_4} = {12'b0, by_1[25:12], |by_1[11:0]};
    endcase
    if (|distance_i[7:5]) {by_16, lost_16} = {26'b0, |by_4};
    else if (distance_i[4]) {by_16, lost_16} = {16'b0, by_4[25:16], |by_4[15:0]};
    else {by_16, lost_16} = {by_4, 1'b0};
    aligned_o = {by_16, lost_1 || lost_4 || lost_16};
  end

endmodule
