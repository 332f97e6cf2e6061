// SPDX-License-Identifier: Apache-2.0

// Sum of two numbers, half-even, tiny results flushed. No DSP, II = 1. One stage each: order by
// magnitude, align, add, count leading zeros, normalize, round, finish.
module fp32_add (
    input  logic    clk_i,
    input  fp32_pkg::number_t a_i,   // canonical
    input  fp32_pkg::number_t b_i,   // canonical
    output fp32_pkg::number_t sum_o  // canonical, Latency cycles later
);

  localparam int unsigned Latency = 7;

  logic [30:0] a_magnitude, b_magnitude;
  logic swap;

  assign a_magnitude = {a_i.exponent, a_i.fraction};
  assign b_magnitude = {b_i.exponent, b_i.fraction};
  assign swap = a_magnitude < b_magnitude;

  // order
  logic [7:0] exponent_q, distance_q;
  logic [23:0] large_q, small_q;
  logic subtract_q;

  always_ff @(posedge clk_i) begin
    exponent_q <= swap ? b_i.exponent : a_i.exponent;
    distance_q <= swap ? b_i.exponent - a_i.exponent : a_i.exponent - b_i.exponent;
    large_q <= swap ? {!b_i.zero, b_i.fraction} : {!a_i.zero, a_i.fraction};
    small_q <= swap ? {!a_i.zero, a_i.fraction} : {!b_i.zero, b_i.fraction};
    subtract_q <= a_i.sign != b_i.sign;
  end

  // align; behind the significand stand a guard bit, a round bit and a sticky one
  logic [26:0] aligned;
  logic [25:0] aligned_q;
  logic sticky_q, subtract_q2;
  logic [23:0] large_q2;
  logic [7:0] exponent_q2;

  fp32_align u_align (
      .small_i   (small_q),
      .distance_i(distance_q),
      .aligned_o (aligned)
  );

  always_ff @(posedge clk_i) begin
    {aligned_q, sticky_q} <= aligned;
    large_q2 <= large_q;
    subtract_q2 <= subtract_q;
    exponent_q2 <= exponent_q;
  end

  // add
  logic [27:0] sum_q, sum_q2;
  logic [26:0] normal_q;  // without the leading one
  logic [7:0] exponent_q3, exponent_q4;

  always_ff @(posedge clk_i) begin
    sum_q <= subtract_q2 ? {1'b0, large_q2, 3'b0} - {1'b0, aligned_q, sticky_q}
                         : {1'b0, large_q2, 3'b0} + {1'b0, aligned_q, sticky_q};
    exponent_q3 <= exponent_q2;
  end

  // count leading zeros, normalize
  logic [4:0] zeros, zeros_q;
  logic none_q, none_q2;
  logic [9:0] exponent_q5;

  fp32_leading_zeros u_leading_zeros (
      .bits_i (sum_q),
      .count_o(zeros)
  );

  always_ff @(posedge clk_i) begin
    sum_q2 <= sum_q;
    zeros_q <= zeros;
    exponent_q4 <= exponent_q3;
    normal_q <= 27'(sum_q2 << zeros_q);
    exponent_q5 <= 10'(exponent_q4) + 10'd1 - 10'(zeros_q);
    none_q <= ~|sum_q2;
    none_q2 <= none_q;
  end

  // round
  logic [9:0] rounded_exponent;
  logic [22:0] rounded_fraction;

  fp32_round u_round (
      .clk_i     (clk_i),
      .exponent_i(exponent_q5),
      .fraction_i(normal_q[26:4]),
      .guard_i   (normal_q[3]),
      .sticky_i  (|normal_q[2:0]),
      .exponent_o(rounded_exponent),
      .fraction_o(rounded_fraction)
  );

  // what the fields do not tell: NaN, infinity, and signs, of which the larger operand's wins
  logic [Latency-2:0] nan_q, inf_q, large_sign_q, both_negative_q;

  always_ff @(posedge clk_i) begin
    nan_q <= {
      nan_q[Latency-3:0], a_i.nan || b_i.nan || (a_i.inf && b_i.inf && a_i.sign != b_i.sign)
    };
    inf_q <= {inf_q[Latency-3:0], a_i.inf || b_i.inf};
    large_sign_q <= {large_sign_q[Latency-3:0], swap ? b_i.sign : a_i.sign};
    both_negative_q <= {both_negative_q[Latency-3:0], a_i.sign && b_i.sign};
  end

  // finish
  fp32_finish u_finish (
      .clk_i     (clk_i),
      .nan_i     (nan_q[Latency-2]),
      .inf_i     (inf_q[Latency-2]),
      .zero_i    (none_q2),
      .sign_i    (none_q2 ? both_negative_q[Latency-2] : large_sign_q[Latency-2]),
      .exponent_i(rounded_exponent),
      .fraction_i(rounded_fraction),
      .number_o  (sum_o)
  );

endmodule
