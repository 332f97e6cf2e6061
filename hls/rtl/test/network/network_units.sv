// SPDX-License-Identifier: Apache-2.0

// The two units of network_i8 that round, with the record of a layer in words.

module network_units (
  input  logic         clk_i,
  input  logic [511:0] record_i,
  input  logic [31:0]  sum_i,
  input  logic [61:0]  column_i,
  output logic [7:0]   requantized_o,  // 10 cycles later
  input  logic [7:0]   own_i,
  input  logic [7:0]   other_i,
  output logic [7:0]   added_o         // 7 cycles later
);

  record_pkg::record_t record;
  assign record = record_i;

  network_requantize i_requantize (
    .clk_i,
    .sum_i,
    .column_i,
    .zero_i    (record.zero_out),
    .least_i   (record.least),
    .greatest_i(record.greatest),
    .average_i (record.average),
    .acc_o     (),
    .result_o  (requantized_o)
  );

  network_add i_add (
    .clk_i,
    .record_i(record),
    .r_i     (own_i),
    .s_i     (other_i),
    .result_o(added_o)
  );

endmodule
