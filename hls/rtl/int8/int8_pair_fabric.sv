// SPDX-License-Identifier: Apache-2.0

// Two columns of the array without DSP slices, with the interface and timing of int8_pair_dsp: where
// a device has fewer slices than pairs of columns need. b_i holds b1 sign-extended, b0.

module int8_pair_fabric #(
  parameter int unsigned Lanes   = 8,
  parameter int unsigned Spacing = 16,
  parameter int unsigned Cascade = 2 ** (Spacing - 15),
  parameter int unsigned Parts   = Lanes / Cascade
) (
  input  logic                                clk_i,   // clock
  input  logic [8*Lanes-1:0]                  a_i,     // lane l is l % Cascade cycles behind lane 0
  input  logic [17*Lanes-1:0]                 b_i,     // with a_i: b1, b0
  output logic [2*Parts*(Spacing+2)-1:0]      parts_o, // signed sums of Cascade lanes, by column
  output logic [2*Parts-1:0]                  extra_o  // 0 or 1, to be added to parts_o
);

  for (genvar c = 0; c < 2; c++) begin : gen_column
    for (genvar p = 0; p < Parts; p++) begin : gen_part
      logic [Cascade*(Spacing+2)-1:0] sums;
      logic [Cascade-1:0]             extras;
      for (genvar j = 0; j < Cascade; j++) begin : gen_lane
        localparam int unsigned L = p * Cascade + j;
        logic [7:0]         a_q, b_q;
        logic signed [15:0] product, product_q;
        logic               extra, extra_q, sum_extra_q;
        logic [Spacing+1:0] sum_q;
        always_ff @(posedge clk_i) begin
          a_q         <= a_i[8*L+:8];
          b_q         <= b_i[17*L+8*c+:8];
          product_q   <= product;
          extra_q     <= extra;
          sum_extra_q <= extra_q;
        end

        int8_booth i_booth (
          .a_i      (a_q),
          .b_i      (b_q),
          .product_o(product),
          .extra_o  (extra)
        );

        if (j == 0) begin : gen_first
          always_ff @(posedge clk_i) sum_q <= (Spacing + 2)'(product_q);
        end else begin : gen_next
          logic [Spacing+2:0] sum;  // one bit below for the carry
          assign sum = {(Spacing + 2)'(product_q), 1'b1} +
                       {sums[(Spacing+2)*(j-1)+:Spacing+2], extras[j-1]};
          always_ff @(posedge clk_i) sum_q <= sum[Spacing+2:1];
        end
        assign sums[(Spacing+2)*j+:Spacing+2] = sum_q;
        assign extras[j] = sum_extra_q;
      end
      assign extra_o[Parts*c+p] = extras[Cascade-1];
      assign parts_o[(Spacing+2)*(Parts*c+p)+:Spacing+2] = sums[(Spacing+2)*(Cascade-1)+:Spacing+2];
    end
  end

endmodule
