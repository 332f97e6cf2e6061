// SPDX-License-Identifier: Apache-2.0

// Two columns of the array on Lanes DSP slices: one multiplication makes two products.
//
//   (b1 * 2^S + b0) * a = b1 * a * 2^S + b0 * a        S = Spacing
//
// Cascade = 2^(S-15) lanes are added inside the DSP column, lane j one cycle after lane j - 1, before
// the two fields are split. The low field is then at least -Cascade * 128 * 127 > -2^(S-1) and at
// most Cascade * 128 * 128 = 2^(S-1): of S bits, only the pattern 100..0 is out of the signed range,
// and it can only mean +2^(S-1). So all of int8 is exact.
//
// The operand's upper part b1 - (b0 < 0), nine bits, is made when B is stored.

module int8_pair_dsp #(
  parameter int unsigned Lanes   = 8,
  parameter int unsigned Spacing = 16,                     // 16 (25 x 18 bits) .. 18 (27 x 18 bits)
  parameter int unsigned Cascade = 2 ** (Spacing - 15),    // divides Lanes
  parameter int unsigned Parts   = Lanes / Cascade
) (
  input  logic                                clk_i,   // clock
  input  logic [8*Lanes-1:0]                  a_i,     // lane l is l % Cascade cycles behind lane 0
  input  logic [17*Lanes-1:0]                 b_i,     // with a_i: b1 - (b0 < 0), b0
  output logic [2*Parts*(Spacing+2)-1:0]      parts_o, // signed sums of Cascade lanes, by column
  output logic [2*Parts-1:0]                  extra_o  // 0 or 1, to be added to parts_o
);

  localparam int unsigned OperandWidth = Spacing + 9;
  localparam int unsigned SumWidth     = 2 * Spacing + 2;

  for (genvar p = 0; p < Parts; p++) begin : gen_part
    logic [Cascade*SumWidth-1:0] sums;
    for (genvar j = 0; j < Cascade; j++) begin : gen_lane
      localparam int unsigned L = p * Cascade + j;
      logic signed [OperandWidth-1:0] b_q;
      logic signed [7:0]              a_q;
      logic signed [OperandWidth+7:0] product_q;
      logic signed [SumWidth-1:0]     sum_q;
      always_ff @(posedge clk_i) begin
        a_q       <= a_i[8*L+:8];
        b_q       <= {b_i[17*L+8+:9], {(Spacing - 8) {b_i[17*L+7]}}, b_i[17*L+:8]};
        product_q <= a_q * b_q;
      end
      if (j == 0) begin : gen_first
        always_ff @(posedge clk_i) sum_q <= SumWidth'(product_q);
      end else begin : gen_next
        always_ff @(posedge clk_i) sum_q <= SumWidth'(product_q) + signed'(sums[SumWidth*(j-1)+:SumWidth]);
      end
      assign sums[SumWidth*j+:SumWidth] = sum_q;
    end

    logic [SumWidth-1:0] sum;
    logic                negative;  // the low field
    assign sum           = sums[SumWidth*(Cascade-1)+:SumWidth];
    assign negative      = sum[Spacing-1] && sum[Spacing-2:0] != 0;
    assign extra_o[p]    = 1'b0;
    assign extra_o[Parts+p] = negative;
    assign parts_o[(Spacing+2)*p+:Spacing+2] = {{2{negative}}, sum[Spacing-1:0]};
    assign parts_o[(Spacing+2)*(Parts+p)+:Spacing+2] = sum[SumWidth-1:Spacing];
  end

endmodule
