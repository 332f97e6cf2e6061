// SPDX-License-Identifier: Apache-2.0

// A bank of the activation memory. What port A reads while port B writes the same word is never used:
// a layer starts when the one before has written all it has. So no logic compares the ports.

module network_bank (
  input  logic        clk_i,      // clock
  input  logic [9:0]  a_line_i,
  output logic [63:0] a_o,        // a cycle later
  input  logic        b_write_i,
  input  logic [9:0]  b_line_i,
  input  logic [63:0] b_i,
  output logic [63:0] b_o         // a cycle later, where nothing is written
);

  (* ram_style = "block", no_rw_check *) logic [63:0] words[target_pkg::Lines];

  always_ff @(posedge clk_i) a_o <= words[a_line_i];

  always_ff @(posedge clk_i) begin
    if (b_write_i) words[b_line_i] <= b_i;
    else b_o <= words[b_line_i];
  end

endmodule
