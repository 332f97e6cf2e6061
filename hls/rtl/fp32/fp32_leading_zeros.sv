// SPDX-License-Identifier: Apache-2.0

// Zeros before the first one of 28 bits; any number if there is none. Combinational.

module fp32_leading_zeros (
  input  logic [27:0] bits_i,  // most significant first
  output logic [4:0]  count_o  // 0 .. 27
);

  logic [5:0] some;   // of each group of four but the last, the most significant first
  logic [3:0] group;
  logic       unused_bit;

  always_comb begin
    for (int unsigned i = 0; i < 6; i++) some[i] = |bits_i[4*(6-i)+:4];
    if (some[0]) count_o[4:2] = 3'd0;
    else if (some[1]) count_o[4:2] = 3'd1;
    else if (some[2]) count_o[4:2] = 3'd2;
    else if (some[3]) count_o[4:2] = 3'd3;
    else if (some[4]) count_o[4:2] = 3'd4;
    else if (some[5]) count_o[4:2] = 3'd5;
    else count_o[4:2] = 3'd6;
    group = bits_i[4*(6-32'(count_o[4:2]))+:4];
    if (group[3]) count_o[1:0] = 2'd0;
    else if (group[2]) count_o[1:0] = 2'd1;
    else if (group[1]) count_o[1:0] = 2'd2;
    else count_o[1:0] = 2'd3;
    unused_bit = group[0];
  end

endmodule
