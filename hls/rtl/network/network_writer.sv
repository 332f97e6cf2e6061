// SPDX-License-Identifier: Apache-2.0

// The writing port of the activation memory: results of the drain, with another tensor added where the
// layer has one, and words of the loader where the bank is free.
//
// Adding takes four slots in turn: read for word 0, read for word 1, write word 0, write word 1. Reads and
// writes of a word are Turn + 1 cycles apart, which is 3 modulo 4, so they never meet at the port.

module network_writer (
  input  logic                clk_i,         // clock
  input  logic                rst_ni,        // synchronous reset, active low
  input  record_pkg::record_t record_i,
  input  logic                valid_i,       // results of a quarter
  input  logic                last_i,        // the last of a row
  input  logic [1:0]          words_i,       // which words exist
  input  logic [5:0]          bank_i,        // and where they belong
  input  logic [19:0]         line_i,
  input  logic [127:0]        result_i,
  input  logic                load_i,        // a word of the image
  input  logic [2:0]          load_bank_i,
  input  logic [9:0]          load_line_i,
  input  logic [63:0]         load_data_i,
  output logic                load_taken_o,
  output logic                row_done_o,    // all results of a row are written (pulse)
  output logic [7:0]          b_write_o,     // to the memory's port
  output logic [79:0]         b_line_o,
  output logic [511:0]        b_o,
  input  logic [511:0]        b_i
);

  localparam int unsigned Turn = 10;  // cycles from asking for the other operand to writing

  // Waiting for their other operand.
  logic         have, pop, fifo_ready, last;
  logic [1:0]   words, slot_q;
  logic [5:0]   bank;
  logic [19:0]  line;
  logic [127:0] data;

  stream_fifo #(
    .Width(157),
    .Depth(16)
  ) i_fifo (
    .clk_i,
    .rst_ni,
    .data_i ({last_i, words_i, bank_i, line_i, result_i}),
    .valid_i(valid_i && record_i.add && !record_i.to_results),
    .ready_o(fifo_ready),
    .data_o ({last, words, bank, line, data}),
    .valid_o(have),
    .ready_i(pop),
    .count_o()
  );

  // An entry that comes in the middle of the four slots waits for the next ones.
  logic second_half_q;
  assign pop = second_half_q && slot_q == 2'd1;
  always_ff @(posedge clk_i) second_half_q <= rst_ni && have && slot_q == 2'd0;

  logic               pick_valid, pick_last;
  logic [2:0]         pick_bank;
  logic [9:0]         pick_line, second_line;
  logic [63:0]        pick_data;
  logic [Turn-1:0]    valid_q, last_q;
  logic [13*Turn-1:0] place_q;
  logic [3*64-1:0]    data_q;
  always_comb begin
    pick_valid = (slot_q == 2'd0 && have && words[0]) || (pop && words[1]);
    pick_last  = pop && last;
    pick_bank  = slot_q[0] ? bank[5:3] : bank[2:0];
    pick_line  = slot_q[0] ? line[19:10] : line[9:0];
    pick_data  = slot_q[0] ? data[127:64] : data[63:0];
  end
  assign second_line = pick_line - record_i.out_base + record_i.add_base;

  always_ff @(posedge clk_i) begin
    slot_q  <= rst_ni ? slot_q + 1'b1 : '0;
    place_q <= {place_q[13*(Turn-1)-1:0], pick_bank, pick_line};
    data_q  <= {data_q[127:0], pick_data};
    valid_q <= rst_ni ? {valid_q[Turn-2:0], pick_valid} : '0;
    last_q  <= rst_ni ? {last_q[Turn-2:0], pick_last} : '0;
  end

  // Asked for at 0, at the port at 1, at its output at 2, here at 3.
  logic [63:0] second_q, sum;
  always_ff @(posedge clk_i) second_q <= b_i[64*place_q[13+10+:3]+:64];

  for (genvar i = 0; i < 8; i++) begin : gen_add
    network_add i_add (
      .clk_i,
      .record_i,
      .r_i     (data_q[128+8*i+:8]),
      .s_i     (second_q[8*i+:8]),
      .result_o(sum[8*i+:8])
    );
  end

  // What goes to the port.
  logic [1:0]   word_valid;
  logic         word_last;
  logic [5:0]   word_bank;
  logic [19:0]  word_line;
  logic [127:0] word_data;
  always_comb begin
    word_valid = valid_i && !record_i.to_results ? words_i : 2'b00;
    word_last  = valid_i && last_i;
    word_bank  = bank_i;
    word_line  = line_i;
    word_data  = result_i;
    if (record_i.add && !record_i.to_results) begin
      word_valid      = {1'b0, valid_q[Turn-1]};
      word_last       = last_q[Turn-1];
      word_bank[2:0]  = place_q[13*(Turn-1)+10+:3];
      word_line[9:0]  = place_q[13*(Turn-1)+:10];
      word_data[63:0] = sum;
    end
  end

  logic [7:0] written, loaded;
  for (genvar b = 0; b < 8; b++) begin : gen_bank
    assign written[b] = (word_valid[0] && word_bank[2:0] == 3'(b)) || (word_valid[1] && word_bank[5:3] == 3'(b));
    assign loaded[b]  = load_i && load_bank_i == 3'(b) && !written[b] && !(pick_valid && pick_bank == 3'(b));
  end
  assign load_taken_o = loaded != 0;

  always_ff @(posedge clk_i) begin
    row_done_o <= rst_ni && word_last;
    for (int b = 0; b < 8; b++) begin
      b_write_o[b]       <= rst_ni && (written[b] || loaded[b]);
      b_line_o[10*b+:10] <= loaded[b] ? load_line_i : second_line;
      b_o[64*b+:64]      <= load_data_i;
      if (word_valid[0] && word_bank[2:0] == 3'(b)) begin
        b_line_o[10*b+:10] <= word_line[9:0];
        b_o[64*b+:64]      <= word_data[63:0];
      end else if (word_valid[1] && word_bank[5:3] == 3'(b)) begin
        b_line_o[10*b+:10] <= word_line[19:10];
        b_o[64*b+:64]      <= word_data[127:64];
      end
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && record_i.add && !record_i.to_results) begin
      assert (!valid_i || fifo_ready) else $fatal(1, "a result has no place");
    end
  end
`endif

endmodule
