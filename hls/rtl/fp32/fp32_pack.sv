// SPDX-License-Identifier: Apache-2.0

// A canonical number to fp32 bits. Combinational and free: the flags are dropped.

module fp32_pack (
  input  fp32_pkg::number_t number_i,  // canonical
  output logic [31:0]       bits_o     // IEEE 754 binary32
);

  logic unused_flags;
  assign unused_flags = &{1'b0, number_i.nan, number_i.inf, number_i.zero};
  assign bits_o = {number_i.sign, number_i.exponent, number_i.fraction};

endmodule
