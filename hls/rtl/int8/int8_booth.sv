// SPDX-License-Identifier: Apache-2.0

// An 8 x 8 bit signed product in LUTs, less extra_o, by radix-4 Booth recoding: digit i of b is
// -2 b[2i+1] + b[2i] + b[2i-1], so four multiples of a in -2 .. 2 are added.
//
// A negative multiple is the complement of the positive one, plus 1. Three of these ones are carries
// of the three adders; that of digit 0 is left to the adder that follows.

module int8_booth (
  input  logic [7:0]  a_i,        // signed factor
  input  logic [7:0]  b_i,        // signed factor
  output logic [15:0] product_o,  // a * b - extra_o
  output logic        extra_o     // 0 or 1
);

  logic [8:0]  digits;
  logic [35:0] multiples;  // complemented where negative
  logic [3:0]  negative;

  assign digits = {b_i, 1'b0};
  for (genvar i = 0; i < 4; i++) begin : gen_digit
    logic       one, two;
    logic [8:0] magnitude;
    assign one       = digits[2*i] ^ digits[2*i+1];
    assign two       = digits[2*i+2] ? digits[2*i+:2] == 2'b00 : digits[2*i+:2] == 2'b11;
    assign magnitude = one ? {a_i[7], a_i} : two ? {a_i, 1'b0} : '0;
    assign negative[i]         = digits[2*i+2];
    assign multiples[9*i+:9] = magnitude ^ {9{negative[i]}};
  end

  // Digits 0 and 1, digits 2 and 3; one bit below for the carry.
  logic [12:0] lower, upper;
  assign lower = {{3{multiples[8]}}, multiples[8:0], 1'b1} +
                 {multiples[17], multiples[17:9], {3{negative[1]}}};
  assign upper = {{3{multiples[26]}}, multiples[26:18], 1'b1} +
                 {multiples[35], multiples[35:27], {3{negative[3]}}};

  logic [16:0] sum;
  assign sum       = {{4{lower[12]}}, lower[12:1], 1'b1} + {upper[12:1], {5{negative[2]}}};
  assign product_o = sum[16:1];
  assign extra_o   = negative[0];

endmodule
