// SPDX-License-Identifier: Apache-2.0

// An fp32 number between units: its IEEE 754 fields and three flags that follow from them, so that
// packing drops the flags. Canonical: no subnormals, the fraction of a zero and an infinity is 0,
// that of a NaN is not.
package fp32_pkg;

  typedef struct packed {
    logic        nan;
    logic        inf;
    logic        zero;
    logic        sign;
    logic [7:0]  exponent;  // biased by 127; 0 for a zero, 255 for infinities and NaN
    logic [22:0] fraction;
  } number_t;

  // A weight b - zB of -255 .. 255, normalized: (-1)^sign * (128 + fraction) * 2^(exponent - 7).
  typedef struct packed {
    logic       zero;
    logic       sign;
    logic [2:0] exponent;
    logic [6:0] fraction;
  } weight_t;

endpackage
