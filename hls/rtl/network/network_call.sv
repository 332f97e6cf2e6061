// SPDX-License-Identifier: Apache-2.0

// A call until it can run: takes its arguments, and loads its program unless it is held. The call before
// may run meanwhile. A call that is refused is handed on too: it is reported in its turn.

module network_call (
  input  logic                              clk_i,         // clock
  input  logic                              rst_ni,        // synchronous reset, active low
  input  logic [2047:0]                     words_i,       // registers: offset o at bit 8 * o
  input  logic                              start_i,       // a call may be taken
  output logic                              take_o,        // and is
  input  logic [network_pkg::StampBits-1:0] now_i,         // cycles since the reset

  output logic [31:0]                       id_o,          // of its program
  output logic [63:0]                       program_o,     // and its address
  input  logic                              held_i,        // it is held
  input  logic                              held_slot_i,   // there
  output logic                              load_o,        // load it (pulse)
  output logic                              slot_o,        // where it is, or goes
  input  logic                              loaded_i,      // it is loaded, or refused (pulse)
  input  logic [7:0]                        load_error_i,

  output logic                              valid_o,       // a call can run, or be reported
  output logic [7:0]                        error_o,       // why it is refused, or NoError
  output logic [63:0]                       images_o,
  output logic [63:0]                       results_o,
  output logic [15:0]                       chunks_o,
  output logic [network_pkg::StampBits-1:0] started_o,     // when it was taken
  input  logic                              accept_i       // it runs, or is reported
);

  typedef enum logic [1:0] {Idle, Decide, Load, Ready} state_t;
  state_t      state_q;
  logic [31:0] chunks_q;
  logic        latest_q;  // the slot of the call before
  logic        bad_chunks, load;

  assign take_o     = start_i && state_q == Idle;
  assign bad_chunks = chunks_q == 0 || chunks_q > 32'hffff;
  assign load       = state_q == Decide && !bad_chunks && !held_i;
  assign valid_o    = state_q == Ready;
  assign chunks_o   = chunks_q[15:0];

  always_ff @(posedge clk_i) begin
    if (take_o) begin
      program_o <= words_i[8*registers_pkg::Program+:64];
      images_o  <= words_i[8*registers_pkg::Images+:64];
      results_o <= words_i[8*registers_pkg::Results+:64];
      chunks_q  <= words_i[8*registers_pkg::Chunks+:32];
      id_o      <= words_i[8*registers_pkg::ProgramId+:32];
      started_o <= now_i;
    end
  end

  always_ff @(posedge clk_i) begin
    load_o <= rst_ni && load;
    if (!rst_ni) begin
      state_q  <= Idle;
      latest_q <= 1'b0;
    end else begin
      case (state_q)
        Idle:    if (start_i) state_q <= Decide;
        Decide:  state_q <= load ? Load : Ready;
        Load:    if (loaded_i) state_q <= Ready;
        default: if (accept_i) state_q <= Idle;
      endcase
      if (valid_o && accept_i && error_o == network_pkg::NoError) latest_q <= slot_o;
    end
  end

  // A program is loaded into the slot that the call before does not use.
  always_ff @(posedge clk_i) begin
    if (state_q == Decide) begin
      slot_o  <= held_i ? held_slot_i : !latest_q;
      error_o <= bad_chunks ? network_pkg::BadChunks : network_pkg::NoError;
    end else if (loaded_i) begin
      error_o <= load_error_i;
    end
  end

endmodule
