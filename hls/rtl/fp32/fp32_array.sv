// SPDX-License-Identifier: Apache-2.0

// Rows of PEs, one below the other. Results come in the order of C: a row's groups of columns, then
// the next row's.

module fp32_array #(
  parameter bit          Int8Weights = 1'b0,  // elements of B are weight_t, else number_t
  parameter int unsigned BWidth      = 35,    // of an element of B
  parameter int unsigned Rows        = 8,
  parameter int unsigned Columns     = 8,     // PEs of a row
  parameter int unsigned DataWidth   = 64     // of a word of A
) (
  input  logic                           clk_i,          // clock
  input  logic                           rst_ni,         // synchronous reset, active low
  input  logic [Rows-1:0]                fill_i,         // write a word of A for this row
  input  logic [4:0]                     fill_address_i, // there
  input  logic [DataWidth-1:0]           fill_data_i,    // the word
  input  fp32_pkg::step_t                step_i,         // what the first row is to do
  input  logic [Columns*BWidth-1:0]      b_i,            // with it: a group of a row of B
  output logic                           settled_o,      // steps from before a reset have left
  output logic                           release_a_o,    // a block of A is no longer needed (pulse)
  output logic                           valid_o,        // results_o counts
  output logic [Columns*32-1:0]          results_o       // finished sums of a group, fp32
);

  fp32_pkg::step_t            last_step;
  logic [Rows-1:0]            valid;
  logic [Rows*Columns*32-1:0] results;

  for (genvar r = 0; r < Rows; r++) begin : gen_row
    fp32_pkg::step_t           step, next_step;
    logic [Columns*BWidth-1:0] b, next_b;

    if (r == 0) begin : gen_first
      assign step = step_i;
      assign b    = b_i;
    end else begin : gen_further
      assign step = gen_row[r-1].next_step;
      assign b    = gen_row[r-1].next_b;
    end

    fp32_row #(
      .Int8Weights(Int8Weights),
      .BWidth     (BWidth),
      .Columns    (Columns),
      .DataWidth  (DataWidth)
    ) i_row (
      .clk_i,
      .fill_i   (fill_i[r]),
      .fill_address_i,
      .fill_data_i,
      .step_i   (step),
      .b_i      (b),
      .step_o   (next_step),
      .b_o      (next_b),
      .valid_o  (valid[r]),
      .results_o(results[Columns*32*r+:Columns*32])
    );
  end

  assign last_step = gen_row[Rows-1].step;

  // Delay lines have no reset: nothing counts until they are through.
  localparam int unsigned Settling    = fp32_pkg::Interleave * Rows + 32;
  localparam int unsigned SettledBits = $clog2(Settling + 1);

  logic [SettledBits-1:0] settling_q;

  assign settled_o = settling_q == '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) settling_q <= SettledBits'(Settling);
    else if (!settled_o) settling_q <= settling_q - 1'b1;
  end

  always_ff @(posedge clk_i) begin
    release_a_o <= settled_o && last_step.valid && last_step.release_a;
  end

  // the one row that has results
  logic [$clog2(Rows)-1:0] row;

  always_comb begin
    row = '0;
    for (int unsigned r = 0; r < Rows; r++) begin
      if (valid[r]) row |= ($clog2(Rows))'(r);
    end
  end

  always_ff @(posedge clk_i) begin
    valid_o   <= settled_o && |valid;
    results_o <= results[Columns*32*32'(row)+:Columns*32];
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (settled_o) assert ($onehot0(valid)) else $fatal(1, "results of rows %b at once", valid);
  end
`endif

endmodule
