// SPDX-License-Identifier: Apache-2.0

// A row of PEs with its buffer of A. A step and its elements of B go on to the next row Interleave
// cycles later, so rows end their tiles one after the other.

module fp32_row #(
  parameter bit          Int8Weights = 1'b0,  // elements of B are weight_t, else number_t
  parameter int unsigned BWidth      = 35,    // of an element of B
  parameter int unsigned Columns     = 8,     // PEs
  parameter int unsigned DataWidth   = 64     // of a word of A
) (
  input  logic                           clk_i,          // clock
  input  logic                           fill_i,         // write a word of A
  input  logic [4:0]                     fill_address_i, // there
  input  logic [DataWidth-1:0]           fill_data_i,    // the word
  input  fp32_pkg::step_t                step_i,         // what to do
  input  logic [Columns*BWidth-1:0]      b_i,            // with it: a group of a row of B
  output fp32_pkg::step_t                step_o,         // for the next row
  output logic [Columns*BWidth-1:0]      b_o,            // for the next row
  output logic                           valid_o,        // results_o counts
  output logic [Columns*32-1:0]          results_o       // finished sums of a group, fp32
);

  localparam int unsigned StepBits = fp32_pkg::StepBits;
  localparam int unsigned Delay    = fp32_pkg::Interleave;
  localparam int unsigned Product  = Int8Weights ? fp32_pkg::MultiplyWeightLatency
                                                 : fp32_pkg::MultiplyLatency;
  localparam int unsigned Read     = Product - 1;  // the sums' address comes before the products
  localparam int unsigned Write    = fp32_pkg::AddLatency + 1;

  // the way through the row and to the next
  fp32_pkg::step_t           step_q;
  logic [Columns*BWidth-1:0] b_q;

  always_ff @(posedge clk_i) begin
    step_q <= step_i;
    b_q    <= b_i;
  end

  fp32_delay #(
    .Width (StepBits + Columns * BWidth),
    .Cycles(Delay - 1)
  ) i_next (
    .clk_i,
    .data_i({step_q, b_q}),
    .data_o({step_o, b_o})
  );

  // the element of A
  (* ram_style = "distributed" *) logic [DataWidth-1:0] words[32];

  logic [DataWidth-1:0] word;
  fp32_pkg::number_t    a, a_q;

  always_ff @(posedge clk_i) begin
    if (fill_i) words[fill_address_i] <= fill_data_i;
  end

  assign word = words[step_i.word];

  fp32_unpack i_unpack (
    .bits_i  (word[32*(32'(step_i.lane)%(DataWidth/32))+:32]),
    .number_o(a)
  );

  always_ff @(posedge clk_i) a_q <= a;

  // where the sums are read, and where they are written
  logic [4:0] read_address, write_address;
  logic       read_valid, read_last, first, write_valid, write_last;

  fp32_delay #(
    .Width (8),
    .Cycles(Read)
  ) i_read (
    .clk_i,
    .data_i({step_q.valid, step_q.last, step_q.first, step_q.tile, step_q.group}),
    .data_o({read_valid, read_last, first, read_address})
  );

  fp32_delay #(
    .Width (7),
    .Cycles(Write)
  ) i_write (
    .clk_i,
    .data_i({read_valid, read_last, read_address}),
    .data_o({write_valid, write_last, write_address})
  );

  assign valid_o = write_valid && write_last;

  for (genvar c = 0; c < Columns; c++) begin : gen_pe
    fp32_pkg::number_t sum;

    fp32_pe #(
      .Int8Weights(Int8Weights),
      .BWidth     (BWidth)
    ) i_pe (
      .clk_i,
      .a_i            (a_q),
      .b_i            (b_q[BWidth*c+:BWidth]),
      .read_address_i (read_address),
      .clear_i        (first),
      .write_address_i(write_address),
      .write_i        (write_valid),
      .sum_o          (sum)
    );

    fp32_pack i_pack (
      .number_i(sum),
      .bits_o  (results_o[32*c+:32])
    );
  end

endmodule
