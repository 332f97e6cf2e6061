// SPDX-License-Identifier: Apache-2.0

// Product of two numbers, half-even, flushed if tiny after rounding. Two DSP48E1: the 24 x 24 bit
// product is a * b[16:0] + (a * b[23:17]) * 2^17, added in the cascade. II = 1.

module fp32_multiply (
  input  logic              clk_i,     // clock
  input  fp32_pkg::number_t a_i,       // canonical
  input  fp32_pkg::number_t b_i,       // canonical
  output fp32_pkg::number_t product_o  // canonical, MultiplyLatency later
);

  // the significands
  logic [23:0] a_q, a_q2;
  logic [16:0] low_b_q, bottom_q;
  logic [6:0]  high_b_q, high_b_q2;
  logic [40:0] low_q, low_q2;
  logic [30:0] high_q, top_q;  // top_q, bottom_q: the product

  always_ff @(posedge clk_i) begin
    a_q       <= {!a_i.zero, a_i.fraction};
    low_b_q   <= b_i.fraction[16:0];
    high_b_q  <= {!b_i.zero, b_i.fraction[22:17]};
    low_q     <= 41'(a_q) * 41'(low_b_q);
    a_q2      <= a_q;
    high_b_q2 <= high_b_q;
    low_q2    <= low_q;
    high_q    <= 31'(a_q2) * 31'(high_b_q2);
    top_q     <= high_q + 31'(low_q2[40:17]);
    bottom_q  <= low_q2[16:0];
  end

  // exponent, sign and special cases, as long as the product takes
  localparam int unsigned Wait = fp32_pkg::MultiplyLatency - 1;

  logic [8:0]      exponents_q;
  logic [9:0]      exponent_q2, exponent_q3, exponent_q4;
  logic [Wait-1:0] nan_q, inf_q, zero_q, sign_q;
  logic            nan;

  assign nan = a_i.nan || b_i.nan || (a_i.inf && b_i.zero) || (a_i.zero && b_i.inf);

  always_ff @(posedge clk_i) begin
    exponents_q <= 9'(a_i.exponent) + 9'(b_i.exponent);
    exponent_q2 <= 10'(exponents_q) - 10'd127;
    exponent_q3 <= exponent_q2;
    exponent_q4 <= exponent_q3;
    nan_q       <= {nan_q[Wait-2:0], nan};
    inf_q       <= {inf_q[Wait-2:0], a_i.inf || b_i.inf};
    zero_q      <= {zero_q[Wait-2:0], a_i.zero || b_i.zero};
    sign_q      <= {sign_q[Wait-2:0], a_i.sign ^ b_i.sign};
  end

  logic carry;  // the product of the significands is 2 or more
  assign carry = top_q[30];

  fp32_round i_round (
    .clk_i,
    .nan_i     (nan_q[Wait-1]),
    .inf_i     (inf_q[Wait-1]),
    .zero_i    (zero_q[Wait-1]),
    .sign_i    (sign_q[Wait-1]),
    .exponent_i(exponent_q4 + 10'(carry)),
    .fraction_i(carry ? top_q[29:7] : top_q[28:6]),
    .guard_i   (carry ? top_q[6] : top_q[5]),
    .sticky_i  ((carry && top_q[5]) || |top_q[4:0] || |bottom_q),
    .number_o  (product_o)
  );

endmodule
