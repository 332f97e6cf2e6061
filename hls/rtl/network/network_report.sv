// SPDX-License-Identifier: Apache-2.0

// The report of a call, eight words in front of its results: the status, the cycles from the call's start
// until the report is sent, and what the array did in the call's run: beats, waiting for the image, between
// layers, waiting for the drain.

module network_report (
  input  logic                              clk_i,      // clock
  input  logic                              rst_ni,     // synchronous reset, active low
  output logic [network_pkg::StampBits-1:0] now_o,      // cycles since the reset
  input  logic [3:0]                        events_i,   // in this cycle, what is counted: beats (lowest) and so on
  input  logic                              end_i,      // a run ends (pulse); the next one may begin
  input  logic                              send_i,     // report a call (pulse)
  input  logic [network_pkg::StampBits-1:0] started_i,  // when it began
  input  logic [31:0]                       status_i,   // how it ended
  input  logic                              refused_i,  // it did not run
  output logic [63:0]                       data_o,     // a word
  output logic                              last_o,     // the last one
  output logic                              valid_o,
  input  logic                              ready_i
);

  localparam int unsigned Width = network_pkg::StampBits;

  logic [Width-1:0]   busy_q;
  logic [4*Width-1:0] counts_q, ended_q;
  logic [31:0]        status_q;
  logic [2:0]         word_q;

  always_ff @(posedge clk_i) begin
    now_o <= rst_ni ? now_o + 1'b1 : '0;
    for (int i = 0; i < 4; i++) begin
      counts_q[Width*i+:Width] <= !rst_ni || end_i ? '0 : counts_q[Width*i+:Width] + Width'(events_i[i]);
    end
    if (end_i) ended_q <= counts_q;
    if (send_i) begin
      busy_q   <= now_o - started_i;
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
      3'd1:    data_o = 64'(busy_q);
      3'd2:    data_o = refused_i ? '0 : 64'(ended_q[0+:Width]);
      3'd3:    data_o = refused_i ? '0 : 64'(ended_q[Width+:Width]);
      3'd4:    data_o = refused_i ? '0 : 64'(ended_q[2*Width+:Width]);
      3'd5:    data_o = refused_i ? '0 : 64'(ended_q[3*Width+:Width]);
      default: data_o = '0;
    endcase
  end

endmodule
