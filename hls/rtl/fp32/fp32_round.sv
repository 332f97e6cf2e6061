// SPDX-License-Identifier: Apache-2.0

// The last stage of every unit: rounds a normalized significand half to even, flushes what is tiny
// after rounding, turns what is too large into an infinity, and lets the special cases win. A carry
// out of the fraction runs into the exponent, as the value does. Latency 1.

module fp32_round (
  input  logic              clk_i,       // clock
  input  logic              nan_i,       // the result is NaN
  input  logic              inf_i,       // it is infinite, unless NaN
  input  logic              zero_i,      // it is exactly zero, unless one of these
  input  logic              sign_i,      // its sign
  input  logic [9:0]        exponent_i,  // biased, two's complement
  input  logic [22:0]       fraction_i,  // behind the leading one
  input  logic              guard_i,     // the first bit that is cut off
  input  logic              sticky_i,    // a further one is set
  output fp32_pkg::number_t number_o     // canonical
);

  logic [9:0]  exponent;
  logic [22:0] fraction;
  logic        up, over, tiny, inf, zero;

  always_comb begin
    up = guard_i && (sticky_i || fraction_i[0]);
    {exponent, fraction} = {exponent_i, fraction_i} + 33'(up);
    over = !exponent[9] && (exponent[8] || &exponent[7:0]);
    tiny = exponent[9] || ~|exponent[8:0];
    inf  = !nan_i && (inf_i || (!zero_i && over));
    zero = !nan_i && !inf_i && (zero_i || tiny);
  end

  fp32_pkg::number_t number_q;

  always_ff @(posedge clk_i) begin
    number_q.nan      <= nan_i;
    number_q.inf      <= inf;
    number_q.zero     <= zero;
    number_q.sign     <= sign_i;
    number_q.exponent <= exponent[7:0];
    number_q.fraction <= fraction;
    if (nan_i || inf) number_q.exponent <= '1;
    else if (zero) number_q.exponent <= '0;
    if (inf || zero) number_q.fraction <= '0;
    if (nan_i) number_q.fraction[22] <= 1'b1;
  end

  assign number_o = number_q;

endmodule
