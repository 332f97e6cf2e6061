// SPDX-License-Identifier: Apache-2.0

// Runs integer networks whole: weights and activations stay on the chip, and the network is data, a
// program (docs/overlay.md). Registers: hls/kernels/network_i8.json. Packaged as a Vitis RTL kernel,
// with clock ap_clk, reset ap_rst_n and ap_ctrl_chain.
//
//   images --> loader --> activation memory --> distribute --> array / max pool --> drain --> results
//                              ^                                                      |
//                              +----------------- writer, sum of two tensors <--------+
//
// The walker makes a beat per cycle: it reads 8 pixels x 8 channels, of which the four quarters of 16
// columns take one to four pixels, or all of them a row of depthwise windows. Rows of sums end at the
// drain, 16 results per cycle. A layer starts when all of the one before is written.

module network_i8 #(
  // bits of every AXI4 port
  parameter int unsigned DataWidth   = configuration_pkg::NetworkDataWidth,
  // of the array: 8, or 4, with which it takes two cycles for what else is one
  parameter int unsigned Lanes       = target_pkg::Lanes,
  // pairs of columns without DSP slices, of 32
  parameter int unsigned FabricPairs = configuration_pkg::NetworkFabricPairs,
  // of axi_read_rows and axi_write_rows
  parameter int unsigned MaxBurst    = configuration_pkg::NetworkMaxBurst,
  parameter int unsigned FifoDepth   = configuration_pkg::NetworkFifoDepth
) (
  input  logic                   ap_clk,                       // clock
  input  logic                   ap_rst_n,                     // synchronous reset, active low

  input  logic [11:0]            s_axi_control_awaddr,         // AXI4-Lite: registers
  input  logic                   s_axi_control_awvalid,
  output logic                   s_axi_control_awready,
  input  logic [31:0]            s_axi_control_wdata,
  input  logic [3:0]             s_axi_control_wstrb,
  input  logic                   s_axi_control_wvalid,
  output logic                   s_axi_control_wready,
  output logic [1:0]             s_axi_control_bresp,
  output logic                   s_axi_control_bvalid,
  input  logic                   s_axi_control_bready,
  input  logic [11:0]            s_axi_control_araddr,
  input  logic                   s_axi_control_arvalid,
  output logic                   s_axi_control_arready,
  output logic [31:0]            s_axi_control_rdata,
  output logic [1:0]             s_axi_control_rresp,
  output logic                   s_axi_control_rvalid,
  input  logic                   s_axi_control_rready,
  output logic                   interrupt,                    // level, active high

  output logic [63:0]            m_axi_gmem_program_araddr,    // AXI4: reads programs
  output logic [7:0]             m_axi_gmem_program_arlen,
  output logic [2:0]             m_axi_gmem_program_arsize,
  output logic [1:0]             m_axi_gmem_program_arburst,
  output logic                   m_axi_gmem_program_arvalid,
  input  logic                   m_axi_gmem_program_arready,
  input  logic [DataWidth-1:0]   m_axi_gmem_program_rdata,
  input  logic [1:0]             m_axi_gmem_program_rresp,
  input  logic                   m_axi_gmem_program_rlast,
  input  logic                   m_axi_gmem_program_rvalid,
  output logic                   m_axi_gmem_program_rready,

  output logic [63:0]            m_axi_gmem_images_araddr,    // AXI4: reads images
  output logic [7:0]             m_axi_gmem_images_arlen,
  output logic [2:0]             m_axi_gmem_images_arsize,
  output logic [1:0]             m_axi_gmem_images_arburst,
  output logic                   m_axi_gmem_images_arvalid,
  input  logic                   m_axi_gmem_images_arready,
  input  logic [DataWidth-1:0]   m_axi_gmem_images_rdata,
  input  logic [1:0]             m_axi_gmem_images_rresp,
  input  logic                   m_axi_gmem_images_rlast,
  input  logic                   m_axi_gmem_images_rvalid,
  output logic                   m_axi_gmem_images_rready,

  output logic [63:0]            m_axi_gmem_results_awaddr,    // AXI4: writes results
  output logic [7:0]             m_axi_gmem_results_awlen,
  output logic [2:0]             m_axi_gmem_results_awsize,
  output logic [1:0]             m_axi_gmem_results_awburst,
  output logic                   m_axi_gmem_results_awvalid,
  input  logic                   m_axi_gmem_results_awready,
  output logic [DataWidth-1:0]   m_axi_gmem_results_wdata,
  output logic [DataWidth/8-1:0] m_axi_gmem_results_wstrb,
  output logic                   m_axi_gmem_results_wlast,
  output logic                   m_axi_gmem_results_wvalid,
  input  logic                   m_axi_gmem_results_wready,
  input  logic [1:0]             m_axi_gmem_results_bresp,
  input  logic                   m_axi_gmem_results_bvalid,
  output logic                   m_axi_gmem_results_bready
);

  localparam int unsigned RowDelay = 13;  // cycles from a beat to its row's sums

  // Registers.
  logic [2047:0] words;
  logic          start, take, full, done;

  axi_lite_control #(
    .ArgumentWords(registers_pkg::ArgumentWords)
  ) i_registers (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .s_axi_awaddr_i (s_axi_control_awaddr),
    .s_axi_awvalid_i(s_axi_control_awvalid),
    .s_axi_awready_o(s_axi_control_awready),
    .s_axi_wdata_i  (s_axi_control_wdata),
    .s_axi_wstrb_i  (s_axi_control_wstrb),
    .s_axi_wvalid_i (s_axi_control_wvalid),
    .s_axi_wready_o (s_axi_control_wready),
    .s_axi_bresp_o  (s_axi_control_bresp),
    .s_axi_bvalid_o (s_axi_control_bvalid),
    .s_axi_bready_i (s_axi_control_bready),
    .s_axi_araddr_i (s_axi_control_araddr),
    .s_axi_arvalid_i(s_axi_control_arvalid),
    .s_axi_arready_o(s_axi_control_arready),
    .s_axi_rdata_o  (s_axi_control_rdata),
    .s_axi_rresp_o  (s_axi_control_rresp),
    .s_axi_rvalid_o (s_axi_control_rvalid),
    .s_axi_rready_i (s_axi_control_rready),
    .words_o        (words),
    .start_o        (start),
    .ready_i        (take),
    .done_i         (done),
    .full_o         (full),
    .counters_i     ('0),
    .interrupt_o    (interrupt)
  );

  // Calls: taken, with their programs held or loaded; then handed to what works for them.
  logic [network_pkg::StampBits-1:0] now, call_started;
  logic [31:0] call_id;
  logic [63:0] call_program, call_images, call_results;
  logic [15:0] call_chunks;
  logic [7:0]  call_error, load_error;
  logic        call_valid, call_slot, accept, load, loaded, held, held_slot;
  logic        ask_images, images_ready, images_busy, load_images, fresh, loader_ready, images_clear;
  logic        fetch, run, idle, ending, finish_ready;

  network_call i_call (
    .clk_i       (ap_clk),
    .rst_ni      (ap_rst_n),
    .words_i     (words),
    .start_i     (start && !full),
    .take_o      (take),
    .now_i       (now),
    .id_o        (call_id),
    .program_o   (call_program),
    .held_i      (held),
    .held_slot_i (held_slot),
    .load_o      (load),
    .slot_o      (call_slot),
    .loaded_i    (loaded),
    .load_error_i(load_error),
    .valid_o     (call_valid),
    .error_o     (call_error),
    .images_o    (call_images),
    .results_o   (call_results),
    .chunks_o    (call_chunks),
    .started_o   (call_started),
    .accept_i    (accept)
  );

  network_dispatch i_dispatch (
    .clk_i         (ap_clk),
    .rst_ni        (ap_rst_n),
    .valid_i       (call_valid),
    .refused_i     (call_error != network_pkg::NoError),
    .slot_i        (call_slot),
    .accept_o      (accept),
    .reader_ready_i(images_ready && !images_busy),
    .ask_o         (ask_images),
    .loader_ready_i(loader_ready),
    .load_o        (load_images),
    .fresh_o       (fresh),
    .idle_i        (idle),
    .ending_i      (ending),
    .fetch_o       (fetch),
    .run_o         (run),
    .finish_ready_i(finish_ready)
  );

  // Programs.
  network_pkg::header_t header, loaded_header;
  network_pkg::sizes_t  other_sizes, loaded_sizes;
  network_pkg::bases_t  bases, loaded_bases;
  logic [6:0]           records;
  logic                 beside, alone, load_begins, tables_idle;
  logic                 program_request, program_request_ready, program_beat, program_beat_ready;
  logic                 program_valid, program_ready;
  logic [63:0]          program_from, program_word;
  logic [16:0]          program_words;
  logic [DataWidth-1:0] program_data;
  logic                 records_write, weights_write, taps_write, columns_write, tables_write;
  logic [15:0]          place;
  logic [63:0]          stored;

  network_slots i_slots (
    .clk_i      (ap_clk),
    .rst_ni     (ap_rst_n),
    .id_i       (call_id),
    .address_i  (call_program),
    .held_o     (held),
    .held_slot_o(held_slot),
    .slot_i     (call_slot),
    .header_o   (header),
    .records_o  (records),
    .bases_o    (bases),
    .beside_o   (beside),
    .other_o    (other_sizes),
    .begin_i    (load_begins),
    .alone_i    (alone),
    .loaded_i   (loaded && load_error == network_pkg::NoError),
    .header_i   (loaded_header),
    .sizes_i    (loaded_sizes),
    .bases_i    (loaded_bases)
  );

  network_program i_program (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .start_i        (load),
    .address_i      (call_program),
    .done_o         (loaded),
    .error_o        (load_error),
    .header_o       (loaded_header),
    .sizes_o        (loaded_sizes),
    .top_i          (call_slot),
    .bases_o        (loaded_bases),
    .beside_i       (beside),
    .other_i        (other_sizes),
    .idle_i         (idle),
    .tables_idle_i  (tables_idle),
    .begin_o        (load_begins),
    .alone_o        (alone),
    .request_valid_o(program_request),
    .request_ready_i(program_request_ready),
    .address_o      (program_from),
    .words_o        (program_words),
    .data_i         (program_word),
    .valid_i        (program_valid),
    .ready_o        (program_ready),
    .records_o      (records_write),
    .weights_o      (weights_write),
    .taps_o         (taps_write),
    .columns_o      (columns_write),
    .tables_o       (tables_write),
    .place_o        (place),
    .store_o        (stored)
  );

  network_unpack #(
    .DataWidth(DataWidth)
  ) i_unpack_program (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .start_i(program_request && program_request_ready),
    .rows_i (16'd1),
    .words_i(program_words),
    .busy_o (),
    .data_i (program_data),
    .valid_i(program_beat),
    .ready_o(program_beat_ready),
    .data_o (program_word),
    .valid_o(program_valid),
    .ready_i(program_ready)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_program (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(program_request),
    .request_ready_o(program_request_ready),
    .address_i      (program_from),
    .rows_i         (21'd1),
    .bytes_i        ({program_words, 3'd0}),
    .pitch_i        ('0),
    .data_o         (program_data),
    .valid_o        (program_beat),
    .ready_i        (program_beat_ready),
    .m_axi_araddr_o (m_axi_gmem_program_araddr),
    .m_axi_arlen_o  (m_axi_gmem_program_arlen),
    .m_axi_arsize_o (m_axi_gmem_program_arsize),
    .m_axi_arburst_o(m_axi_gmem_program_arburst),
    .m_axi_arvalid_o(m_axi_gmem_program_arvalid),
    .m_axi_arready_i(m_axi_gmem_program_arready),
    .m_axi_rdata_i  (m_axi_gmem_program_rdata),
    .m_axi_rresp_i  (m_axi_gmem_program_rresp),
    .m_axi_rlast_i  (m_axi_gmem_program_rlast),
    .m_axi_rvalid_i (m_axi_gmem_program_rvalid),
    .m_axi_rready_o (m_axi_gmem_program_rready)
  );

  // Images.
  logic                 images_beat, images_beat_ready, image_valid, image_ready;
  logic [DataWidth-1:0] images_data;
  logic [63:0]          image_word;
  logic [19:0]          image_bytes, image_pitch;
  assign image_bytes = {1'b0, header.image_words, 3'd0};
  assign image_pitch = (image_bytes + 20'd63) & ~20'd63;

  axi_read_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_images (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(ask_images),
    .request_ready_o(images_ready),
    .address_i      (call_images),
    .rows_i         (21'(call_chunks)),
    .bytes_i        (image_bytes),
    .pitch_i        (image_pitch),
    .data_o         (images_data),
    .valid_o        (images_beat),
    .ready_i        (images_beat_ready),
    .m_axi_araddr_o (m_axi_gmem_images_araddr),
    .m_axi_arlen_o  (m_axi_gmem_images_arlen),
    .m_axi_arsize_o (m_axi_gmem_images_arsize),
    .m_axi_arburst_o(m_axi_gmem_images_arburst),
    .m_axi_arvalid_o(m_axi_gmem_images_arvalid),
    .m_axi_arready_i(m_axi_gmem_images_arready),
    .m_axi_rdata_i  (m_axi_gmem_images_rdata),
    .m_axi_rresp_i  (m_axi_gmem_images_rresp),
    .m_axi_rlast_i  (m_axi_gmem_images_rlast),
    .m_axi_rvalid_i (m_axi_gmem_images_rvalid),
    .m_axi_rready_o (m_axi_gmem_images_rready)
  );

  network_unpack #(
    .DataWidth(DataWidth)
  ) i_unpack_images (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .start_i(ask_images),
    .rows_i (call_chunks),
    .words_i({1'b0, header.image_words}),
    .busy_o (images_busy),
    .data_i (images_data),
    .valid_i(images_beat),
    .ready_o(images_beat_ready),
    .data_o (image_word),
    .valid_o(image_valid),
    .ready_i(image_ready)
  );

  logic                 load_write, load_taken, image_all, image_free, image_odd, image_first;
  logic [2:0]           load_bank;
  logic [9:0]           load_line, image_base;
  logic [15:0]          image_count;

  network_loader i_loader (
    .clk_i   (ap_clk),
    .rst_ni  (ap_rst_n),
    .start_i (load_images),
    .fresh_i (fresh),
    .images_i(call_chunks),
    .header_i(header),
    .ready_o (loader_ready),
    .run_i   (run),
    .free_i  (image_free),
    .drop_i  (ending),
    .clear_o (images_clear),
    .valid_i (image_valid),
    .take_o  (image_ready),
    .write_o (load_write),
    .bank_o  (load_bank),
    .line_o  (load_line),
    .taken_i (load_taken),
    .all_o   (image_all),
    .count_o (image_count),
    .odd_o   (image_first),
    .odd_i   (image_odd),
    .base_o  (image_base)
  );

  // Layers.
  record_pkg::record_t next_record, record;
  network_pkg::beat_t  beat;
  network_pkg::row_t   row;
  logic                next_valid, next_take, row_done, going, waits_image, waits_drain, turnaround;
  logic                run_end, run_end_ready, run_odd;
  logic [5:0]          next_number, room, run_record;
  logic [7:0]          next_error, run_error;
  logic [2:0]          claim;

  network_fetch i_fetch (
    .clk_i    (ap_clk),
    .rst_ni   (ap_rst_n),
    .write_i  (records_write),
    .address_i(place[8:0]),
    .data_i   (stored),
    .start_i  (fetch),
    .records_i(records),
    .bases_i  (bases),
    .take_i   (next_take),
    .valid_o  (next_valid),
    .record_o (next_record),
    .number_o (next_number),
    .error_o  (next_error)
  );

  network_walker #(
    .Lanes(Lanes)
  ) i_walker (
    .clk_i         (ap_clk),
    .rst_ni        (ap_rst_n),
    .start_i       (run),
    .chunks_i      (call_chunks),
    .idle_o        (idle),
    .ending_o      (ending),
    .end_ready_i   (run_end_ready),
    .end_o         (run_end),
    .error_o       (run_error),
    .error_record_o(run_record),
    .next_valid_i  (next_valid),
    .next_i        (next_record),
    .next_number_i (next_number),
    .next_error_i  (next_error),
    .take_o        (next_take),
    .image_all_i   (image_all),
    .image_words_i (image_count),
    .image_gone_i  (images_clear),
    .image_free_o  (image_free),
    .image_first_i (image_first),
    .image_odd_o   (image_odd),
    .image_base_i  (image_base),
    .room_i        (room),
    .claim_o       (claim),
    .row_done_i    (row_done),
    .record_o      (record),
    .beat_o        (beat),
    .row_o         (row),
    .going_o       (going),
    .waits_image_o (waits_image),
    .waits_drain_o (waits_drain),
    .turnaround_o  (turnaround)
  );

  // Where nothing runs, or nothing is looked up, tables may be written.
  assign tables_idle = idle || !record.table_;

  // A run's results are told from the next one's.
  always_ff @(posedge ap_clk) begin
    if (!ap_rst_n) run_odd <= 1'b0;
    else if (run) run_odd <= !run_odd;
  end

  // Activations.
  logic [511:0]  line, b_data, b_read, pixels;
  logic [7:0]    b_write;
  logic [79:0]   b_line;
  logic [1023:0] bus;

  network_memory i_memory (
    .clk_i    (ap_clk),
    .beat_i   (beat),
    .line_o   (line),
    .b_write_i(b_write),
    .b_line_i (b_line),
    .b_i      (b_data),
    .b_o      (b_read)
  );

  network_distribute #(
    .Lanes(Lanes)
  ) i_distribute (
    .clk_i   (ap_clk),
    .line_i  (line),
    .beat_i  (beat),
    .zero_i  (record.zero_in),
    .pixels_o(pixels),
    .bus_o   (bus)
  );

  // Sums and maxima.
  logic [127:0]  pool;
  logic          array_row;
  logic [2047:0] sums;

  network_maxpool i_maxpool (
    .clk_i   (ap_clk),
    .beat_i  (beat),
    .pixels_i(pixels),
    .result_o(pool)
  );

  network_array #(
    .Lanes(Lanes),
    .FabricPairs(FabricPairs)
  ) i_array (
    .clk_i         (ap_clk),
    .rst_ni        (ap_rst_n),
    .beat_i        (beat),
    .bus_i         (bus),
    .write_i       (weights_write),
    .write_entry_i (place[15:6]),
    .write_lane_i  (place[2:0]),
    .write_chunk_i (place[5:3]),
    .codes_i       (stored),
    .taps_write_i  (taps_write),
    .taps_entry_i  (place[12:3]),
    .taps_channel_i(place[2:0]),
    .taps_i        (stored[23:0]),
    .row_o         (array_row),
    .sums_o        (sums)
  );

  logic [RowDelay*network_pkg::RowBits-1:0] row_q;
  always_ff @(posedge ap_clk) row_q <= {row_q[(RowDelay-1)*network_pkg::RowBits-1:0], row};

  // Results.
  logic         result_valid, result_last, raw_valid;
  logic [1:0]   result_words, raw_words;
  logic [5:0]   result_bank;
  logic [19:0]  result_line;
  logic [127:0] result;
  logic [511:0] raw;

  network_drain i_drain (
    .clk_i        (ap_clk),
    .rst_ni       (ap_rst_n),
    .record_i     (record),
    .row_i        (array_row),
    .row_data_i   (row_q[RowDelay*network_pkg::RowBits-1-:network_pkg::RowBits]),
    .sums_i       (sums),
    .pool_i       (pool),
    .table_write_i(tables_write),
    .table_entry_i(place[10:0]),
    .table_i      (stored[7:0]),
    .write_i      (columns_write),
    .write_entry_i(place[4+:9]),
    .write_lane_i (place[3:0]),
    .column_i     (stored[61:0]),
    .valid_o      (result_valid),
    .last_o       (result_last),
    .words_o      (result_words),
    .bank_o       (result_bank),
    .line_o       (result_line),
    .result_o     (result),
    .raw_valid_o  (raw_valid),
    .raw_words_o  (raw_words),
    .raw_o        (raw)
  );

  network_writer i_writer (
    .clk_i       (ap_clk),
    .rst_ni      (ap_rst_n),
    .record_i    (record),
    .valid_i     (result_valid),
    .last_i      (result_last),
    .words_i     (result_words),
    .bank_i      (result_bank),
    .line_i      (result_line),
    .result_i    (result),
    .load_i      (load_write),
    .load_bank_i (load_bank),
    .load_line_i (load_line),
    .load_data_i (image_word),
    .load_taken_o(load_taken),
    .row_done_o  (row_done),
    .b_write_o   (b_write),
    .b_line_o    (b_line),
    .b_o         (b_data),
    .b_i         (b_read)
  );

  logic        queue_have, queue_run, queue_take, queue_valid, queue_ready;
  logic [63:0] queue_word;

  network_output i_output (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .claim_i(claim),
    .room_o (room),
    .valid_i(record.to_results && (record.raw ? raw_valid : result_valid)),
    .run_i  (run_odd),
    .raw_i  (record.raw),
    .words_i(record.raw ? raw_words : result_words),
    .data_i ({raw[511:128], record.raw ? raw[127:0] : result}),
    .have_o (queue_have),
    .run_o  (queue_run),
    .take_i (queue_take),
    .valid_o(queue_valid),
    .ready_i(queue_ready),
    .data_o (queue_word)
  );

  // Results and reports, call after call.
  logic                              results_begin, results_last, results_busy, wrong_results;
  logic                              request, request_ready, report, send, refused, beat_valid, beat_ready;
  logic                              result_word_valid, result_word_last, report_valid, report_last, word_ready;
  logic [63:0]                       results_address, result_word, report_word;
  logic [15:0]                       results_rows, results_words;
  logic [31:0]                       status;
  logic [network_pkg::StampBits-1:0] started;
  logic [DataWidth-1:0]              beat_data;
  logic [19:0]                       result_bytes, result_pitch;
  assign result_bytes = {1'b0, results_words, 3'd0};
  assign result_pitch = (result_bytes + 20'd63) & ~20'd63;

  network_finish i_finish (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .valid_i        (accept),
    .ready_o        (finish_ready),
    .error_i        (call_error),
    .results_i      (call_results),
    .chunks_i       (call_chunks),
    .result_words_i (header.result_words),
    .started_i      (call_started),
    .end_i          (run_end),
    .end_ready_o    (run_end_ready),
    .run_error_i    (run_error),
    .run_record_i   (run_record),
    .queue_valid_i  (queue_have),
    .queue_run_i    (queue_run),
    .queue_take_o   (queue_take),
    .begin_o        (results_begin),
    .last_o         (results_last),
    .results_busy_i (results_busy),
    .wrong_results_i(wrong_results),
    .request_o      (request),
    .request_ready_i(request_ready),
    .report_o       (report),
    .address_o      (results_address),
    .rows_o         (results_rows),
    .words_o        (results_words),
    .send_o         (send),
    .status_o       (status),
    .refused_o      (refused),
    .started_o      (started),
    .sent_i         (report_valid && report_last && word_ready)
  );

  network_results i_results (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .start_i(results_begin),
    .rows_i (results_rows),
    .words_i(results_words),
    .end_i  (results_last),
    .busy_o (results_busy),
    .wrong_o(wrong_results),
    .data_i (queue_word),
    .valid_i(queue_valid),
    .ready_o(queue_ready),
    .data_o (result_word),
    .last_o (result_word_last),
    .valid_o(result_word_valid),
    .ready_i(word_ready && !report_valid)
  );

  // Its counters: beats, waiting for the image, between layers, waiting for the drain.
  network_report i_report (
    .clk_i    (ap_clk),
    .rst_ni   (ap_rst_n),
    .now_o    (now),
    .events_i ({waits_drain, turnaround, waits_image, going}),
    .end_i    (run_end),
    .send_i   (send),
    .started_i(started),
    .status_i (status),
    .refused_i(refused),
    .data_o   (report_word),
    .last_o   (report_last),
    .valid_o  (report_valid),
    .ready_i  (word_ready)
  );

  network_pack #(
    .DataWidth(DataWidth)
  ) i_pack (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .data_i (report_valid ? report_word : result_word),
    .last_i (report_valid ? report_last : result_word_last),
    .valid_i(report_valid || result_word_valid),
    .ready_o(word_ready),
    .data_o (beat_data),
    .valid_o(beat_valid),
    .ready_i(beat_ready)
  );

  axi_write_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst)
  ) i_axi_results (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(request),
    .request_ready_o(request_ready),
    .address_i      (results_address),
    .rows_i         (report ? 21'd1 : 21'(results_rows)),
    .bytes_i        (report ? 20'd64 : result_bytes),
    .pitch_i        (result_pitch),
    .final_i        (report),
    .data_i         (beat_data),
    .valid_i        (beat_valid),
    .ready_o        (beat_ready),
    .done_o         (done),
    .m_axi_awaddr_o (m_axi_gmem_results_awaddr),
    .m_axi_awlen_o  (m_axi_gmem_results_awlen),
    .m_axi_awsize_o (m_axi_gmem_results_awsize),
    .m_axi_awburst_o(m_axi_gmem_results_awburst),
    .m_axi_awvalid_o(m_axi_gmem_results_awvalid),
    .m_axi_awready_i(m_axi_gmem_results_awready),
    .m_axi_wdata_o  (m_axi_gmem_results_wdata),
    .m_axi_wstrb_o  (m_axi_gmem_results_wstrb),
    .m_axi_wlast_o  (m_axi_gmem_results_wlast),
    .m_axi_wvalid_o (m_axi_gmem_results_wvalid),
    .m_axi_wready_i (m_axi_gmem_results_wready),
    .m_axi_bresp_i  (m_axi_gmem_results_bresp),
    .m_axi_bvalid_i (m_axi_gmem_results_bvalid),
    .m_axi_bready_o (m_axi_gmem_results_bready)
  );

`ifndef SYNTHESIS
  initial begin
    assert (DataWidth >= 64 && DataWidth <= 512 && (Lanes == 4 || Lanes == 8) && FabricPairs <= 32);
  end
`endif

endmodule
