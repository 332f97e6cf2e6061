// SPDX-License-Identifier: Apache-2.0

// Product of two numbers, half-even, tiny results flushed after rounding. Two DSP48E1: the 24 x 24
// bit product is a * b[16:0] + (a * b[23:17]) * 2^17, added in the cascade. II = 1.
module fp32_multiply (
    input  logic    clk_i,
    input  fp32_pkg::number_t a_i,       // canonical
    input  fp32_pkg::number_t b_i,       // canonical
    output fp32_pkg::number_t product_o  // canonical, Latency cycles later
);

  localparam int unsigned Latency = 6;

  logic [23:0] a_q, a_q2;
  logic [16:0] low_b_q;
  logic [6:0] high_b_q, high_b_q2;
  logic [40:0] low_q, low_q2;
  logic [30:0] high_q, top_q;
  logic [16:0] bottom_q;

  always_ff @(posedge clk_i) begin
    a_q <= {!a_i.zero, a_i.fraction};
    low_b_q <= b_i.fraction[16:0];
    high_b_q <= {!b_i.zero, b_i.fraction[22:17]};
    low_q <= 41'(a_q) * 41'(low_b_q);
    a_q2 <= a_q;
    high_b_q2 <= high_b_q;
    low_q2 <= low_q;
    high_q <= 31'(a_q2) * 31'(high_b_q2);
    top_q <= high_q + 31'(low_q2[40:17]);
    bottom_q <= low_q2[16:0];
  end

  logic [8:0] exponents_q;
  logic [9:0] exponent_q2;
  logic [Latency-2:0] nan_q, inf_q, zero_q, sign_q;
  logic [9:0] exponent_q3, exponent_q4;

  always_ff @(posedge clk_i) begin
    exponents_q <= 9'(a_i.exponent) + 9'(b_i.exponent);
    exponent_q2 <= 10'(exponents_q) - 10'd127;
    exponent_q3 <= exponent_q2;
    exponent_q4 <= exponent_q3;
    nan_q <= {
      nan_q[Latency-3:0],
      a_i.nan || b_i.nan || (a_i.inf && b_i.zero) || (a_i.zero && b_i.inf)
    };
    inf_q <= {inf_q[Latency-3:0], a_i.inf || b_i.inf};
    zero_q <= {zero_q[Latency-3:0], a_i.zero || b_i.zero};
    sign_q <= {sign_q[Latency-3:0], a_i.sign ^ b_i.sign};
  end

  logic carry;  // the product of the significands is 2 or more
  logic [9:0] exponent, rounded_exponent;
  logic [22:0] fraction, rounded_fraction;
  logic guard, sticky;

  always_comb begin
    carry = top_q[30];
    exponent = exponent_q4 + 10'(carry);
    fraction = carry ? top_q[29:7] : top_q[28:6];
    guard = carry ? top_q[6] : top_q[5];
    sticky = (carry && top_q[5]) || |top_q[4:0] || |bottom_q;
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
