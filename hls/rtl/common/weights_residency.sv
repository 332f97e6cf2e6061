// SPDX-License-Identifier: Apache-2.0

// Remembers which weights a kernel's stores hold from call to call. Two calls have the same weights
// if all that describes them is equal; weights_id = 0 equals nothing.

module weights_residency (
  input  logic        clk_i,       // clock
  input  logic        rst_ni,      // synchronous reset, active low
  input  logic [31:0] id_i,        // weights_id of a call
  input  logic [63:0] b_i,         // address of B
  input  logic [63:0] columns_i,   // address of the column parameters
  input  logic [16:0] k_i,         // rows of B
  input  logic [16:0] n_i,         // columns of B
  input  logic [3:0]  b_bits_i,    // width of B's codes
  input  logic        kept_i,      // the stores will hold all of these weights after the call
  input  logic        take_i,      // the call is taken: remember it, or forget all
  output logic        resident_o   // the stores hold, or will hold by then, these weights
);

  logic [197:0] key, key_q;
  logic         valid_q;

  assign key        = {id_i, b_i, columns_i, k_i, n_i, b_bits_i};
  assign resident_o = valid_q && key == key_q && id_i != 0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) valid_q <= 1'b0;
    else if (take_i) valid_q <= kept_i;
  end

  always_ff @(posedge clk_i) begin
    if (take_i) key_q <= key;
  end

endmodule
