// SPDX-License-Identifier: Apache-2.0

// The queue of results: quarters of a row, int8 or int32, become 64-bit words. The walker claims places
// before it ends a row, so a result always has one.

module network_output (
  input  logic         clk_i,    // clock
  input  logic         rst_ni,   // synchronous reset, active low
  input  logic [2:0]   claim_i,  // so many quarters will come
  output logic [5:0]   room_o,   // places that nobody has claimed
  input  logic         valid_i,  // a quarter
  input  logic         run_i,    // of an odd run
  input  logic         raw_i,    // of int32
  input  logic [1:0]   words_i,  // which halves of it exist
  input  logic [511:0] data_i,   // int8: the low 128 bits
  output logic         have_o,   // there is a quarter, if only one without words
  output logic         run_o,    // of an odd run
  input  logic         take_i,   // its words may go
  output logic         valid_o,  // a word
  input  logic         ready_i,  // is taken
  output logic [63:0]  data_o
);

  localparam int unsigned Places = 16;

  logic         pop, raw, fifo_ready;
  logic [1:0]   words;
  logic [511:0] data;

  stream_fifo #(
    .Width(516),
    .Depth(Places)
  ) i_fifo (
    .clk_i,
    .rst_ni,
    .data_i ({run_i, raw_i, words_i, data_i}),
    .valid_i,
    .ready_o(fifo_ready),
    .data_o ({run_o, raw, words, data}),
    .valid_o(have_o),
    .ready_i(pop),
    .count_o()
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) room_o <= 6'(Places);
    else room_o <= room_o - 6'(claim_i) + 6'(pop);
  end

  // A half is four words of int32, or one of int8.
  logic [2:0] at_q, at, start, stop;
  assign start   = words[0] ? '0 : raw ? 3'd4 : 3'd1;
  assign stop    = words[1] ? (raw ? 3'd7 : 3'd1) : (raw ? 3'd3 : 3'd0);
  assign at      = at_q < start ? start : at_q;
  assign valid_o = have_o && take_i && words != 0;
  assign data_o  = data[64*at+:64];
  assign pop     = have_o && take_i && (words == 0 || (ready_i && at == stop));

  always_ff @(posedge clk_i) begin
    if (!rst_ni || pop) at_q <= '0;
    else if (valid_o && ready_i) at_q <= at + 1'b1;
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) assert (!valid_i || fifo_ready) else $fatal(1, "a result has no place");
  end
`endif

endmodule
