// SPDX-License-Identifier: Apache-2.0

// fp32 bits to fields and flags; a subnormal counts as the zero of its sign. Combinational.

module fp32_unpack (
  input  logic [31:0]       bits_i,   // IEEE 754 binary32
  output fp32_pkg::number_t number_o  // canonical
);

  logic greatest, least;

  always_comb begin
    greatest          = &bits_i[30:23];
    least             = ~|bits_i[30:23];
    number_o.nan      = greatest && |bits_i[22:0];
    number_o.inf      = greatest && ~|bits_i[22:0];
    number_o.zero     = least;
    number_o.sign     = bits_i[31];
    number_o.exponent = bits_i[30:23];
    number_o.fraction = least ? '0 : bits_i[22:0];
  end

endmodule
