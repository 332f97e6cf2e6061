// SPDX-License-Identifier: Apache-2.0

// From beats of rows, as axi_read_rows gives them, to 64-bit words. What follows a row in its last beat is
// dropped.

module network_unpack #(
  parameter int unsigned DataWidth = 64  // 64 .. 512
) (
  input  logic                 clk_i,    // clock
  input  logic                 rst_ni,   // synchronous reset, active low
  input  logic                 start_i,  // rows begin
  input  logic [15:0]          rows_i,   // >= 1
  input  logic [16:0]          words_i,  // of a row, >= 1
  output logic                 busy_o,   // there are words to come
  input  logic [DataWidth-1:0] data_i,   // a beat
  input  logic                 valid_i,
  output logic                 ready_o,
  output logic [63:0]          data_o,   // a word
  output logic                 valid_o,
  input  logic                 ready_i
);

  localparam int unsigned Words = DataWidth / 64;

  logic [15:0] rows_q;
  logic [16:0] words_q, left_q;
  logic        step, row_ends, beat_ends;

  assign busy_o   = rows_q != 0;
  assign valid_o  = busy_o && valid_i;
  assign step     = valid_o && ready_i;
  assign row_ends = left_q == 17'd1;
  assign ready_o  = step && (row_ends || beat_ends);

  if (Words > 1) begin : gen_part
    logic [$clog2(Words)-1:0] part_q;
    assign beat_ends = part_q == '1;
    assign data_o    = data_i[64*part_q+:64];
    always_ff @(posedge clk_i) begin
      if (!rst_ni || start_i) part_q <= '0;
      else if (step) part_q <= row_ends ? '0 : part_q + 1'b1;
    end
  end else begin : gen_whole
    assign beat_ends = 1'b1;
    assign data_o    = data_i;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) rows_q <= '0;
    else if (start_i) rows_q <= rows_i;
    else if (step && row_ends) rows_q <= rows_q - 1'b1;
    if (start_i) begin
      words_q <= words_i;
      left_q  <= words_i;
    end else if (step) begin
      left_q <= row_ends ? words_q : left_q - 1'b1;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && start_i) assert (!busy_o && rows_i != 0 && words_i != 0) else $fatal(1, "rows that cannot begin");
  end
`endif

endmodule
