// SPDX-License-Identifier: Apache-2.0

// Product of a number and an integer weight of 8 bits, half-even. One DSP48E1 (24 x 8 bits). A
// weight is 0 or at least 1 in magnitude, so no product is tiny. II = 1.

module fp32_multiply_weight (
  input  logic              clk_i,     // clock
  input  fp32_pkg::number_t a_i,       // canonical
  input  fp32_pkg::weight_t b_i,       // normalized
  output fp32_pkg::number_t product_o  // canonical, MultiplyWeightLatency later
);

  localparam int unsigned Wait = fp32_pkg::MultiplyWeightLatency - 1;

  // the significands
  logic [23:0] a_q;
  logic [7:0]  b_q;
  logic [31:0] product_q, product_q2;

  always_ff @(posedge clk_i) begin
    a_q        <= {1'b1, a_i.fraction};
    b_q        <= {1'b1, b_i.fraction};
    product_q  <= 32'(a_q) * 32'(b_q);
    product_q2 <= product_q;
  end

  // exponent, sign and special cases, as long as the product takes
  logic [8:0]      exponent_q, exponent_q2, exponent_q3;
  logic [Wait-1:0] nan_q, inf_q, zero_q, sign_q;

  always_ff @(posedge clk_i) begin
    exponent_q  <= 9'(a_i.exponent) + 9'(b_i.exponent);
    exponent_q2 <= exponent_q;
    exponent_q3 <= exponent_q2;
    nan_q       <= {nan_q[Wait-2:0], a_i.nan || (a_i.inf && b_i.zero)};
    inf_q       <= {inf_q[Wait-2:0], a_i.inf};
    zero_q      <= {zero_q[Wait-2:0], a_i.zero || b_i.zero};
    sign_q      <= {sign_q[Wait-2:0], a_i.sign ^ b_i.sign};
  end

  logic carry;  // the product of the significands is 2 or more
  assign carry = product_q2[31];

  fp32_round i_round (
    .clk_i,
    .nan_i     (nan_q[Wait-1]),
    .inf_i     (inf_q[Wait-1]),
    .zero_i    (zero_q[Wait-1]),
    .sign_i    (sign_q[Wait-1]),
    .exponent_i(10'(exponent_q3) + 10'(carry)),
    .fraction_i(carry ? product_q2[30:8] : product_q2[29:7]),
    .guard_i   (carry ? product_q2[7] : product_q2[6]),
    .sticky_i  ((carry && product_q2[6]) || |product_q2[5:0]),
    .number_o  (product_o)
  );

endmodule
