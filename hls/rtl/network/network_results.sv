// SPDX-License-Identifier: Apache-2.0

// Makes of what the network gives as many words as its header says: the memory has been promised so many.
// Zeros follow where a run ends early; what is too much is dropped.

module network_results (
  input  logic        clk_i,     // clock
  input  logic        rst_ni,    // synchronous reset, active low
  input  logic        start_i,   // a run begins
  input  logic [15:0] rows_i,    // results of it, >= 1
  input  logic [15:0] words_i,   // of a result, >= 1
  input  logic        end_i,     // the queue gets no more words
  output logic        busy_o,    // there are words to come
  output logic        wrong_o,   // there were too few or too many
  input  logic [63:0] data_i,    // a word of the queue
  input  logic        valid_i,
  output logic        ready_o,
  output logic [63:0] data_o,    // a word for the memory
  output logic        last_o,    // the last of its row
  output logic        valid_o,
  input  logic        ready_i
);

  logic [15:0] rows_q, words_q, left_q;
  logic        step;

  assign busy_o  = rows_q != 0;
  assign valid_o = busy_o && (valid_i || end_i);
  assign step    = valid_o && ready_i;
  assign ready_o = !busy_o || ready_i;
  assign data_o  = valid_i ? data_i : '0;
  assign last_o  = left_q == 16'd1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) rows_q <= '0;
    else if (start_i) rows_q <= rows_i;
    else if (step && last_o) rows_q <= rows_q - 1'b1;
    if (start_i) begin
      words_q <= words_i;
      left_q  <= words_i;
    end else if (step) begin
      left_q <= last_o ? words_q : left_q - 1'b1;
    end
    if (start_i) wrong_o <= 1'b0;
    else if (busy_o ? end_i && !valid_i : valid_i) wrong_o <= 1'b1;
  end

endmodule
