// SPDX-License-Identifier: Apache-2.0

// Rounds a normalized significand half to even. A carry out of the fraction runs into the exponent,
// which is just what the value does. Latency 1.
module fp32_round (
    input  logic        clk_i,
    input  logic [9:0]  exponent_i,  // biased, two's complement
    input  logic [22:0] fraction_i,  // behind the leading one
    input  logic        guard_i,     // the first bit that is cut off
    input  logic        sticky_i,    // any further one is set
    output logic [9:0]  exponent_o,  // after rounding
    output logic [22:0] fraction_o   // after rounding
);

  logic [32:0] rounded_q;
  logic        up;

  assign up = guard_i && (sticky_i || fraction_i[0]);

  always_ff @(posedge clk_i) begin
    rounded_q <= {exponent_i, fraction_i} + 33'(up);
  end

  assign {exponent_o, fraction_o} = rounded_q;

endmodule
