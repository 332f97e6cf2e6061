// SPDX-License-Identifier: Apache-2.0

// The report of a call, eight words in front of its results: the status, the cycles since the call's
// start, and what the array did meanwhile: beats, waiting for the image, between layers, waiting for the
// drain. Cycles are counted until the report is sent.

module network_report #(
  parameter int unsigned Width = 48  // bits of a counter
) (
  input  logic        clk_i,      // clock
  input  logic        rst_ni,     // synchronous reset, active low
  input  logic        start_i,    // a call's arguments are taken (pulse)
  input  logic [3:0]  events_i,   // in this cycle, what is counted: beats (lowest) and so on
  input  logic        send_i,     // the call has ended: report it (pulse)
  input  logic [31:0] status_i,   // how
  output logic [63:0] data_o,     // a word
  output logic        last_o,     // the last one
  output logic        valid_o,
  input  logic        ready_i
);

  logic [Width-1:0]   busy_q, sent_q;
  logic [4*Width-1:0] counts_q;
  logic [31:0]        status_q;
  logic [2:0]         word_q;

  always_ff @(posedge clk_i) begin
    busy_q <= start_i ? '0 : busy_q + 1'b1;
    for (int i = 0; i < 4; i++) begin
      counts_q[Width*i+:Width] <= start_i ? '0 : counts_q[Width*i+:Width] + Width'(events_i[i]);
    end
    if (send_i) begin
      sent_q   <= busy_q;
      status_q <= status_i;
    end
    if (!rst_ni) valid_o <= 1'b0;
    else if (send_i) valid_o <= 1'b1;
    else if (ready_i && last_o) valid_o <= 1'b0;
    if (send_i) word_q <= '0;
    else if (valid_o && ready_i) word_q <= word_q + 1'b1;
  end

  assign last_o = word_q == '1;
  always_comb begin
    case (word_q)
      3'd0:    data_o = {32'd0, status_q};
      3'd1:    data_o = 64'(sent_q);
      3'd2:    data_o = 64'(counts_q[0+:Width]);
      3'd3:    data_o = 64'(counts_q[Width+:Width]);
      3'd4:    data_o = 64'(counts_q[2*Width+:Width]);
      3'd5:    data_o = 64'(counts_q[3*Width+:Width]);
      default: data_o = '0;
    endcase
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) assert (!send_i || !valid_o) else $fatal(1, "a report in the middle of another");
  end
`endif

endmodule
