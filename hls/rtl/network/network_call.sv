// SPDX-License-Identifier: Apache-2.0

// A call from its arguments to its end: loads the program unless it is held, lets it run, waits until all
// that memory was asked for has come, and writes the report. A call that fails ends so too.

module network_call (
  input  logic          clk_i,            // clock
  input  logic          rst_ni,           // synchronous reset, active low
  input  logic [2047:0] words_i,          // registers: offset o at bit 8 * o
  input  logic          start_i,          // a call may be taken
  output logic          take_o,           // and is
  output logic          done_o,           // it has ended (pulse)

  output logic          load_o,           // load the program (pulse)
  output logic [63:0]   program_o,        // its address
  input  logic          loaded_i,         // it is loaded, or refused (pulse)
  input  logic [7:0]    load_error_i,

  input  logic          ask_ready_i,      // memory can be asked for images and results
  output logic          run_o,            // and is: the run begins (pulse)
  output logic [63:0]   images_o,         // addresses
  output logic [63:0]   results_o,        // of the report, which is in front of them
  output logic [15:0]   chunks_o,
  input  logic          running_i,        // by the walker
  input  logic [7:0]    run_error_i,
  input  logic [5:0]    run_record_i,
  output logic          flush_o,          // drop what comes of images, fill up results
  input  logic          images_busy_i,    // there is more to come
  input  logic          results_busy_i,   // or to go
  input  logic          wrong_results_i,

  output logic          report_o,         // write the report
  input  logic          report_ready_i,   // memory is asked for it
  output logic [31:0]   status_o,         // then: why the call ended early, and in which record
  input  logic          written_i         // all is written (pulse)
);

  typedef enum logic [2:0] {Idle, Decide, Load, Ask, Begin, Run, Flush, Report} state_t;
  state_t      state_q;
  logic [31:0] chunks_q, id_q;
  logic [7:0]  error_q;
  logic [5:0]  record_q;
  logic        bad_chunks, held, reported_q, loaded;

  assign take_o     = start_i && state_q == Idle;
  assign bad_chunks = chunks_q == 0 || chunks_q > 32'hffff;
  assign loaded     = loaded_i && load_error_i == network_pkg::NoError;
  assign load_o     = state_q == Decide && !bad_chunks && !held;
  assign run_o      = state_q == Ask && ask_ready_i;
  assign chunks_o   = chunks_q[15:0];
  assign flush_o    = state_q == Flush;
  assign report_o   = state_q == Report && !reported_q;
  assign done_o     = state_q == Report && written_i;
  assign status_o   = error_q == network_pkg::NoError ? '0 : {18'd0, record_q, error_q};

  always_ff @(posedge clk_i) begin
    if (take_o) begin
      program_o <= words_i[8*registers_pkg::Program+:64];
      images_o  <= words_i[8*registers_pkg::Images+:64];
      results_o <= words_i[8*registers_pkg::Results+:64];
      chunks_q  <= words_i[8*registers_pkg::Chunks+:32];
      id_q      <= words_i[8*registers_pkg::ProgramId+:32];
    end
  end

  // From the start of a load to its end no program is held.
  weights_residency i_residency (
    .clk_i,
    .rst_ni,
    .id_i      (id_q),
    .b_i       (program_o),
    .columns_i ('0),
    .k_i       ('0),
    .n_i       ('0),
    .b_bits_i  ('0),
    .kept_i    (loaded),
    .take_i    (load_o || loaded),
    .resident_o(held)
  );

  // The walker is busy from the cycle after run_o.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
    end else begin
      case (state_q)
        Idle:    if (start_i) state_q <= Decide;
        Decide:  state_q <= bad_chunks ? Report : held ? Ask : Load;
        Load:    if (loaded_i) state_q <= loaded ? Ask : Report;
        Ask:     if (ask_ready_i) state_q <= Begin;
        Begin:   state_q <= Run;
        Run:     if (!running_i) state_q <= Flush;
        Flush:   if (!results_busy_i && !images_busy_i) state_q <= Report;
        default: if (written_i) state_q <= Idle;
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    reported_q <= state_q == Report && (reported_q || report_ready_i);
    if (state_q == Decide) record_q <= '0;
    case (state_q)
      Decide:  error_q <= bad_chunks ? network_pkg::BadChunks : network_pkg::NoError;
      Load:    if (loaded_i) error_q <= load_error_i;
      Run: begin
        error_q  <= run_error_i;
        record_q <= run_record_i;
      end
      Flush:   if (error_q == network_pkg::NoError && wrong_results_i) error_q <= network_pkg::WrongResults;
      default: ;
    endcase
  end

endmodule
