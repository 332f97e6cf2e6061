// SPDX-License-Identifier: Apache-2.0

// A code of B and the zero point of its column to the normalized weight b - zB. Latency 2, II = 1.

module fp32_weight (
  input  logic              clk_i,    // clock
  input  logic signed [7:0] code_i,   // b
  input  logic signed [7:0] zero_i,   // zB
  output fp32_pkg::weight_t weight_o  // b - zB
);

  logic signed [8:0] difference_q;
  logic [7:0]        magnitude;
  fp32_pkg::weight_t weight_d, weight_q;

  always_comb begin
    magnitude = difference_q[8] ? 8'(-difference_q) : difference_q[7:0];
    weight_d.zero = magnitude == '0;
    weight_d.sign = difference_q[8];
    weight_d.exponent = '0;
    for (int unsigned i = 1; i < 8; i++) begin
      if (magnitude[i]) weight_d.exponent = 3'(i);
    end
    weight_d.fraction = 7'(magnitude << (3'd7 - weight_d.exponent));
  end

  always_ff @(posedge clk_i) begin
    difference_q <= 9'(code_i) - 9'(zero_i);
    weight_q     <= weight_d;
  end

  assign weight_o = weight_q;

endmodule
