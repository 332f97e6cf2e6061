// SPDX-License-Identifier: Apache-2.0

// Sum of two numbers, half-even, flushed if tiny. No DSP, II = 1. One stage each: order by
// magnitude, align, add, count leading zeros, normalize, round.

module fp32_add (
  input  logic              clk_i,  // clock
  input  fp32_pkg::number_t a_i,    // canonical
  input  fp32_pkg::number_t b_i,    // canonical
  output fp32_pkg::number_t sum_o   // canonical, AddLatency later
);

  // order
  logic        swap, subtract_q;
  logic [7:0]  exponent_q, distance_q;
  logic [23:0] large_q, small_q;

  assign swap = {a_i.exponent, a_i.fraction} < {b_i.exponent, b_i.fraction};

  always_ff @(posedge clk_i) begin
    exponent_q <= swap ? b_i.exponent : a_i.exponent;
    distance_q <= swap ? b_i.exponent - a_i.exponent : a_i.exponent - b_i.exponent;
    large_q    <= swap ? {!b_i.zero, b_i.fraction} : {!a_i.zero, a_i.fraction};
    small_q    <= swap ? {!a_i.zero, a_i.fraction} : {!b_i.zero, b_i.fraction};
    subtract_q <= a_i.sign != b_i.sign;
  end

  // align
  logic [26:0] aligned, aligned_q;
  logic        subtract_q2;
  logic [23:0] large_q2;
  logic [7:0]  exponent_q2;

  fp32_align i_align (
    .small_i   (small_q),
    .distance_i(distance_q),
    .aligned_o (aligned)
  );

  always_ff @(posedge clk_i) begin
    aligned_q   <= aligned;
    large_q2    <= large_q;
    subtract_q2 <= subtract_q;
    exponent_q2 <= exponent_q;
  end

  // add, count leading zeros, normalize
  logic [27:0] sum_q, sum_q2;
  logic [26:0] normal_q;  // without the leading one
  logic [7:0]  exponent_q3, exponent_q4;
  logic [9:0]  exponent_q5;
  logic [4:0]  zeros, zeros_q;
  logic        none_q;  // the sum is zero

  fp32_leading_zeros i_leading_zeros (
    .bits_i (sum_q),
    .count_o(zeros)
  );

  always_ff @(posedge clk_i) begin
    sum_q       <= subtract_q2 ? {1'b0, large_q2, 3'b0} - {1'b0, aligned_q}
                               : {1'b0, large_q2, 3'b0} + {1'b0, aligned_q};
    exponent_q3 <= exponent_q2;
    sum_q2      <= sum_q;
    zeros_q     <= zeros;
    exponent_q4 <= exponent_q3;
    normal_q    <= 27'(sum_q2 << zeros_q);
    exponent_q5 <= 10'(exponent_q4) + 10'd1 - 10'(zeros_q);
    none_q      <= ~|sum_q2;
  end

  // NaN, infinity, and the signs: the larger operand's wins, a zero sum is negative if both are
  localparam int unsigned Wait = fp32_pkg::AddLatency - 1;

  logic [Wait-1:0] nan_q, inf_q, large_sign_q, both_negative_q;
  logic            nan;

  assign nan = a_i.nan || b_i.nan || (a_i.inf && b_i.inf && a_i.sign != b_i.sign);

  always_ff @(posedge clk_i) begin
    nan_q           <= {nan_q[Wait-2:0], nan};
    inf_q           <= {inf_q[Wait-2:0], a_i.inf || b_i.inf};
    large_sign_q    <= {large_sign_q[Wait-2:0], swap ? b_i.sign : a_i.sign};
    both_negative_q <= {both_negative_q[Wait-2:0], a_i.sign && b_i.sign};
  end

  fp32_round i_round (
    .clk_i,
    .nan_i     (nan_q[Wait-1]),
    .inf_i     (inf_q[Wait-1]),
    .zero_i    (none_q),
    .sign_i    (none_q ? both_negative_q[Wait-1] : large_sign_q[Wait-1]),
    .exponent_i(exponent_q5),
    .fraction_i(normal_q[26:4]),
    .guard_i   (normal_q[3]),
    .sticky_i  (|normal_q[2:0]),
    .number_o  (sum_o)
  );

endmodule
