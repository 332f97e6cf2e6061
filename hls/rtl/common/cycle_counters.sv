// SPDX-License-Identifier: Apache-2.0

// Counts, for each call, the cycles from start to end and what the array did meanwhile. Calls
// overlap: a call may start, and another be in the array, while one before is still written. They
// pass every point in order.

module cycle_counters #(
  parameter int unsigned Width = 48,  // bits of a counter
  parameter int unsigned Calls = 4    // under way at most, a power of two
) (
  input  logic             clk_i,        // clock
  input  logic             rst_ni,       // synchronous reset, active low
  input  logic             start_i,      // a call's arguments are taken (pulse)
  input  logic             array_end_i,  // the array has got a call's last operands (pulse)
  input  logic             done_i,       // a call has ended (pulse)
  input  logic             computing_i,  // the array gets operands for the call it is at
  input  logic             stalled_a_i,  // it waits for A
  input  logic             stalled_b_i,  // it waits for B or column parameters
  input  logic             stalled_c_i,  // it waits for room for C
  output logic [319:0]     counters_o    // of the last ended call: busy (lowest), then those above
);

  logic [Width-1:0]      now_q;
  logic [4*Width-1:0]    array_q, array_end, array_done;  // computing (lowest), stalled on A, B, C
  logic [Width-1:0]      started;

  logic [3:0] events;
  assign events = {stalled_c_i, stalled_b_i, stalled_a_i, computing_i};
  for (genvar i = 0; i < 4; i++) begin : gen_counter
    assign array_end[Width*i+:Width] = array_q[Width*i+:Width] + Width'(events[i]);
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      now_q   <= '0;
      array_q <= '0;
    end else begin
      now_q   <= now_q + 1'b1;
      array_q <= array_end_i ? '0 : array_end;
    end
  end

  logic start_ready, end_ready, start_valid, end_valid;

  stream_fifo #(
    .Width(Width),
    .Depth(Calls)
  ) i_starts (
    .clk_i,
    .rst_ni,
    .data_i (now_q),
    .valid_i(start_i),
    .ready_o(start_ready),
    .data_o (started),
    .valid_o(start_valid),
    .ready_i(done_i),
    .count_o()
  );

  stream_fifo #(
    .Width(4 * Width),
    .Depth(Calls)
  ) i_ends (
    .clk_i,
    .rst_ni,
    .data_i (array_end),
    .valid_i(array_end_i),
    .ready_o(end_ready),
    .data_o (array_done),
    .valid_o(end_valid),
    .ready_i(done_i),
    .count_o()
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      counters_o <= '0;
    end else if (done_i) begin
      counters_o[63:0] <= 64'(Width'(now_q - started));
      for (int i = 0; i < 4; i++) counters_o[64*i+64+:64] <= 64'(array_done[Width*i+:Width]);
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!start_i || start_ready) else $fatal(1, "more than %0d calls", Calls);
      assert (!array_end_i || end_ready) else $fatal(1, "more than %0d calls", Calls);
      assert (!done_i || (start_valid && end_valid)) else $fatal(1, "a call ended that never began");
    end
  end
`endif

endmodule
