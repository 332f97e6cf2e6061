// SPDX-License-Identifier: Apache-2.0

// The last stage of every unit: flushes a result that is tiny after rounding, turns one that is too
// over into an infinity, and lets the special cases win. Latency 1.
module fp32_finish (
    input  logic        clk_i,
    input  logic        nan_i,       // the result is NaN
    input  logic        inf_i,       // the result is infinite (if not NaN)
    input  logic        zero_i,      // the result is exactly zero (if neither)
    input  logic        sign_i,      // of the result
    input  logic [9:0]  exponent_i,  // after rounding, biased, two's complement
    input  logic [22:0] fraction_i,  // after rounding
    output fp32_pkg::number_t     number_o     // canonical
);

  logic over, tiny, inf, zero;
  fp32_pkg::number_t number_q;

  always_comb begin
    over = !exponent_i[9] && (exponent_i[8] || &exponent_i[7:0]);
    tiny = exponent_i[9] || ~|exponent_i[8:0];
    inf = !nan_i && (inf_i || (!zero_i && over));
    zero = !nan_i && !inf_i && (zero_i || tiny);
  end

  always_ff @(posedge clk_i) begin
    number_q.nan <= nan_i;
    number_q.inf <= inf;
    number_q.zero <= zero;
    number_q.sign <= sign_i;
    number_q.exponent <= exponent_i[7:0];
    if (nan_i || inf) number_q.exponent <= '1;
    else if (zero) number_q.exponent <= '0;
    number_q.fraction <= fraction_i;
    if (inf || zero) number_q.fraction <= '0;
    if (nan_i) number_q.fraction[22] <= 1'b1;
  end

  assign number_o = number_q;

endmodule
