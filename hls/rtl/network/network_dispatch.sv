// SPDX-License-Identifier: Apache-2.0

// Hands a call on to what works for it, each part as soon as it is free: its images are asked for when all
// of the ones before are taken; they are loaded while the call before still runs, if that has the same
// program; its first record is fetched while the last results of the call before are written.

module network_dispatch (
  input  logic clk_i,            // clock
  input  logic rst_ni,           // synchronous reset, active low
  input  logic valid_i,          // a call
  input  logic refused_i,        // which is only reported
  input  logic slot_i,           // of its program
  output logic accept_o,         // it is under way, or will be reported (pulse)
  input  logic reader_ready_i,   // images can be asked for
  output logic ask_o,            // and are (pulse)
  input  logic loader_ready_i,   // the loader has got all images that it was told of
  output logic load_o,           // load them (pulse)
  output logic fresh_o,          // with load_o: nothing of the call before is left
  input  logic idle_i,           // no layer runs
  input  logic ending_i,         // the last one of a call has no more beats
  output logic fetch_o,          // fetch the first record (pulse)
  output logic run_o,            // begin the layers (pulse)
  input  logic finish_ready_i    // results can be told of
);

  logic asked_q, loads_q, fetched_q, running_q;  // running_q: the slot
  logic call, asked, loads, fetched;

  assign call     = valid_i && !refused_i;
  assign ask_o    = call && !asked_q && reader_ready_i;
  assign asked    = asked_q || ask_o;
  assign fresh_o  = idle_i;
  assign load_o   = call && asked && !loads_q && loader_ready_i && (idle_i || slot_i == running_q);
  assign loads    = loads_q || load_o;
  assign fetch_o  = call && !fetched_q && (idle_i || ending_i);
  assign fetched  = fetched_q || fetch_o;
  assign run_o    = call && idle_i && loads && fetched && finish_ready_i;
  assign accept_o = run_o || (valid_i && refused_i && finish_ready_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni || accept_o) begin
      asked_q   <= 1'b0;
      loads_q   <= 1'b0;
      fetched_q <= 1'b0;
    end else begin
      asked_q   <= asked;
      loads_q   <= loads;
      fetched_q <= fetched;
    end
    if (run_o) running_q <= slot_i;
  end

endmodule
