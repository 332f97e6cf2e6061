// SPDX-License-Identifier: Apache-2.0

// Calls from their first result to their report, one after the other. The next one may run already: its
// results wait in their queue, told from these by a bit that changes from run to run.

module network_finish (
  input  logic                              clk_i,           // clock
  input  logic                              rst_ni,          // synchronous reset, active low
  input  logic                              valid_i,         // a call runs from now on, or is refused (pulse)
  output logic                              ready_o,
  input  logic [7:0]                        error_i,         // why it is refused, or NoError
  input  logic [63:0]                       results_i,       // of its report, which is in front of its results
  input  logic [15:0]                       chunks_i,
  input  logic [15:0]                       result_words_i,
  input  logic [network_pkg::StampBits-1:0] started_i,

  input  logic                              end_i,           // a run's last result is in the queue (pulse)
  output logic                              end_ready_o,     // may be
  input  logic [7:0]                        run_error_i,     // why it ended early, or NoError
  input  logic [5:0]                        run_record_i,    // in which record

  input  logic                              queue_valid_i,   // the queue has a result
  input  logic                              queue_run_i,     // of an odd run
  output logic                              queue_take_o,    // whose words may go
  output logic                              begin_o,         // results begin (pulse)
  output logic                              last_o,          // the queue gets no more of them
  input  logic                              results_busy_i,  // there are words to come
  input  logic                              wrong_results_i,

  output logic                              request_o,       // for axi_write_rows
  input  logic                              request_ready_i,
  output logic                              report_o,        // the report, not the results
  output logic [63:0]                       address_o,
  output logic [15:0]                       rows_o,
  output logic [15:0]                       words_o,         // of a result

  output logic                              send_o,          // send the report (pulse)
  output logic [31:0]                       status_o,
  output logic                              refused_o,
  output logic [network_pkg::StampBits-1:0] started_o,
  input  logic                              sent_i           // it is (pulse)
);

  // The next call.
  logic                              next_q, take;
  logic [7:0]                        next_error_q;
  logic [63:0]                       next_results_q;
  logic [15:0]                       next_chunks_q, next_words_q;
  logic [network_pkg::StampBits-1:0] next_started_q;
  assign ready_o = !next_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) next_q <= 1'b0;
    else if (valid_i) next_q <= 1'b1;
    else if (take) next_q <= 1'b0;
    if (valid_i) begin
      next_error_q   <= error_i;
      next_results_q <= results_i;
      next_chunks_q  <= chunks_i;
      next_words_q   <= result_words_i;
      next_started_q <= started_i;
    end
  end

  // How a run ended.
  logic       ended_q;
  logic [7:0] run_error_q;
  logic [5:0] run_record_q;
  assign end_ready_o = !ended_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) ended_q <= 1'b0;
    else if (end_i) ended_q <= 1'b1;
    else if (sent_i && !refused_o) ended_q <= 1'b0;
    if (end_i) begin
      run_error_q  <= run_error_i;
      run_record_q <= run_record_i;
    end
  end

  // This call.
  typedef enum logic [2:0] {Idle, Ask, Results, AskReport, Report} state_t;
  state_t      state_q;
  logic [7:0]  error_q, error;
  logic [63:0] results_q;
  logic        run_q, mine, done;  // run_q: odd

  assign take         = state_q == Idle && next_q;
  assign mine         = queue_valid_i && queue_run_i == run_q;
  assign queue_take_o = state_q == Results && mine;
  assign begin_o      = state_q == Ask && request_ready_i;
  assign last_o       = state_q == Results && ended_q && !mine;
  assign done         = last_o && !results_busy_i;
  assign report_o     = state_q == AskReport;
  assign request_o    = state_q == Ask || state_q == AskReport;
  assign address_o    = results_q + (report_o ? 64'd0 : 64'd64);
  assign send_o       = report_o && request_ready_i;
  assign refused_o    = error_q != network_pkg::NoError;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      run_q   <= 1'b0;
    end else begin
      case (state_q)
        Idle:      if (next_q) state_q <= next_error_q == network_pkg::NoError ? Ask : AskReport;
        Ask:       if (request_ready_i) state_q <= Results;
        Results:   if (done) state_q <= AskReport;
        AskReport: if (request_ready_i) state_q <= Report;
        default:   if (sent_i) state_q <= Idle;
      endcase
      if (take && next_error_q == network_pkg::NoError) run_q <= !run_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (take) begin
      error_q   <= next_error_q;
      results_q <= next_results_q;
      rows_o    <= next_chunks_q;
      words_o   <= next_words_q;
      started_o <= next_started_q;
    end
  end

  always_comb begin
    error = error_q;
    if (!refused_o) begin
      error = run_error_q;
      if (run_error_q == network_pkg::NoError && wrong_results_i) error = network_pkg::WrongResults;
    end
  end
  assign status_o = error == network_pkg::NoError ? '0 : {18'd0, refused_o ? 6'd0 : run_record_q, error};

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!valid_i || ready_o) else $fatal(1, "a call that cannot be told of");
      assert (!end_i || end_ready_o) else $fatal(1, "a run ended before the one before was reported");
    end
  end
`endif

endmodule
