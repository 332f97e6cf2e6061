// SPDX-License-Identifier: Apache-2.0

// Tables of 256 codes: looks up 16 codes in a cycle. Two lanes share a block RAM.

module network_tables (
  input  logic         clk_i,      // clock
  input  logic         write_i,    // stores a code; nothing is looked up meanwhile
  input  logic [10:0]  entry_i,    // of it: table, place
  input  logic [7:0]   code_i,
  input  logic [2:0]   table_i,    // to look up in
  input  logic [127:0] codes_i,
  output logic [127:0] codes_o     // a cycle later
);

  for (genvar t = 0; t < 8; t++) begin : gen_table
    (* ram_style = "block" *) logic [7:0] codes[256*target_pkg::Tables];
    logic [10:0] first;
    logic [7:0]  first_q, second_q;
    assign first = write_i ? entry_i : {table_i, codes_i[16*t+:8]};
    always_ff @(posedge clk_i) begin
      if (write_i) codes[first] <= code_i;
      else first_q <= codes[first];
    end
    always_ff @(posedge clk_i) second_q <= codes[{table_i, codes_i[16*t+8+:8]}];
    assign codes_o[16*t+:16] = {second_q, first_q};
  end

endmodule
