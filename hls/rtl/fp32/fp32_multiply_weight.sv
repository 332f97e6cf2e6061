// SPDX-License-Identifier: Apache-2.0

// Product of a number and an integer weight of at most 8 bits, half-even. One DSP48E1 (24 x 8 bits);
// as a weight is 0 or at least 1 in magnitude, no product is tiny. II = 1.
module fp32_multiply_weight (
    input  logic    clk_i,
    input  fp32_pkg::number_t a_i,       // canonical
    input  fp32_pkg::weight_t b_i,       // normalized
    output fp32_pkg::number_t product_o  // canonical, Latency cycles later
);

  localparam int unsigned Latency = 5;

  logic [23:0] a_q;
  logic [7:0] b_q;
  logic [31:0] product_q, product_q2;

  always_ff @(posedge clk_i) begin
    a_q <= {1'b1, a_i.fraction};
    b_q <= {1'b1, b_i.fraction};
    product_q <= 32'(a_q) * 32'(b_q);
    product_q2 <= product_q;
  end

  logic [8:0] exponent_q, exponent_q2, exponent_q3;
  logic [Latency-2:0] nan_q, inf_q, zero_q, sign_q;

  always_ff @(posedge clk_i) begin
    exponent_q <= 9'(a_i.exponent) + 9'(b_i.exponent);
    exponent_q2 <= exponent_q;
    exponent_q3 <= exponent_q2;
    nan_q <= {nan_q[Latency-3:0], a_i.nan || (a_i.inf && b_i.zero)};
    inf_q <= {inf_q[Latency-3:0], a_i.inf};
    zero_q <= {zero_q[Latency-3:0], a_i.zero || b_i.zero};
    sign_q <= {sign_q[Latency-3:0], a_i.sign ^ b_i.sign};
  end

  logic carry;  // the product of the significands is 2 or more
  logic [9:0] exponent, rounded_exponent;
  logic [22:0] fraction, rounded_fraction;
  logic guard, sticky;

  always_comb begin
    carry = product_q2[31];
    exponent = 10'(exponent_q3) + 10'(carry);
    fraction = carry ? product_q2[30:8] : product_q2[29:7];
    guard = carry ? product_q2[7] : product_q2[6];
    sticky = (carry && product_q2[6]) || |product_q2[5:0];
  end

  fp32_round u_round (
      .clk_i     (clk_i),
      .exponent_i(exponent),
      .fraction_i(fraction),
      .guard_i   (guard),
      .sticky_i  (sticky),
      .exponent_o(rounded_exponent),
      .fraction_o(rounded_fraction)
  );

  fp32_finish u_finish (
      .clk_i     (clk_i),
      .nan_i     (nan_q[Latency-2]),
      .inf_i     (inf_q[Latency-2]),
      .zero_i    (zero_q[Latency-2]),
      .sign_i    (sign_q[Latency-2]),
      .exponent_i(rounded_exponent),
      .fraction_i(rounded_fraction),
      .number_o  (product_o)
  );

endmodule
