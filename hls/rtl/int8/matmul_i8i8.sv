// SPDX-License-Identifier: Apache-2.0

// C = clamp(requantize(A * (B - zero points) + bias) + zero point), exact in integers. Arguments,
// registers and limits: hls/kernels/matmul_i8i8.json. Packaged as a Vitis RTL kernel, with clock
// ap_clk, reset ap_rst_n and ap_ctrl_chain.
//
// A row of A streams through the array, one word of Lanes values per cycle, past Columns columns of B
// that the array holds. A call takes ceil(N / Columns) * M * ceil(K / Lanes) cycles and its first
// and last words' way. Calls overlap: while one is in the array, the next one's arguments can be
// written and it loads B. Up to three calls are under way; they end in order.

module matmul_i8i8 #(
  // bits of every port; Lanes = DataWidth / 8 values of k enter the array at once
  parameter int unsigned DataWidth   = configuration_pkg::I8I8DataWidth,
  // of the array, a power of two and a multiple of Lanes
  parameter int unsigned Columns     = configuration_pkg::I8I8Columns,
  // pairs of columns without DSP slices
  parameter int unsigned FabricPairs = configuration_pkg::I8I8FabricPairs,
  // bits between two products in a DSP slice: 16 (25 x 18 bits) to 18 (27 x 18 bits)
  parameter int unsigned Spacing     = configuration_pkg::I8I8Spacing,
  // columns that are finished per cycle: even, divides Lanes, at most Columns / 4
  parameter int unsigned Drain       = configuration_pkg::I8I8Drain,
  // of the array's store; an entry is Lanes x Columns codes. A power of two
  parameter int unsigned Entries     = configuration_pkg::I8I8Entries,
  // rows with partial sums, where k is split: a power of two
  parameter int unsigned PartialRows = configuration_pkg::I8I8PartialRows,
  // tiles whose column parameters are held: a power of two
  parameter int unsigned ColumnTiles = configuration_pkg::I8I8ColumnTiles,
  // groups of Drain results that may wait for the C port: a power of two, >= 2 * Columns / Drain
  parameter int unsigned ResultDepth = configuration_pkg::I8I8ResultDepth,
  // of axi_read_rows and axi_write_rows
  parameter int unsigned MaxBurst    = configuration_pkg::I8I8MaxBurst,
  parameter int unsigned FifoDepth   = configuration_pkg::I8I8FifoDepth
) (
  input  logic                   ap_clk,                 // clock
  input  logic                   ap_rst_n,               // synchronous reset, active low

  input  logic [11:0]            s_axi_control_awaddr,   // AXI4-Lite: registers
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
  output logic                   interrupt,              // level, active high

  output logic [63:0]            m_axi_gmem_a_araddr,    // AXI4: reads A
  output logic [7:0]             m_axi_gmem_a_arlen,
  output logic [2:0]             m_axi_gmem_a_arsize,
  output logic [1:0]             m_axi_gmem_a_arburst,
  output logic                   m_axi_gmem_a_arvalid,
  input  logic                   m_axi_gmem_a_arready,
  input  logic [DataWidth-1:0]   m_axi_gmem_a_rdata,
  input  logic [1:0]             m_axi_gmem_a_rresp,
  input  logic                   m_axi_gmem_a_rlast,
  input  logic                   m_axi_gmem_a_rvalid,
  output logic                   m_axi_gmem_a_rready,

  output logic [63:0]            m_axi_gmem_b_araddr,    // AXI4: reads B
  output logic [7:0]             m_axi_gmem_b_arlen,
  output logic [2:0]             m_axi_gmem_b_arsize,
  output logic [1:0]             m_axi_gmem_b_arburst,
  output logic                   m_axi_gmem_b_arvalid,
  input  logic                   m_axi_gmem_b_arready,
  input  logic [DataWidth-1:0]   m_axi_gmem_b_rdata,
  input  logic [1:0]             m_axi_gmem_b_rresp,
  input  logic                   m_axi_gmem_b_rlast,
  input  logic                   m_axi_gmem_b_rvalid,
  output logic                   m_axi_gmem_b_rready,

  output logic [63:0]            m_axi_gmem_p_araddr,    // AXI4: reads the column parameters
  output logic [7:0]             m_axi_gmem_p_arlen,
  output logic [2:0]             m_axi_gmem_p_arsize,
  output logic [1:0]             m_axi_gmem_p_arburst,
  output logic                   m_axi_gmem_p_arvalid,
  input  logic                   m_axi_gmem_p_arready,
  input  logic [DataWidth-1:0]   m_axi_gmem_p_rdata,
  input  logic [1:0]             m_axi_gmem_p_rresp,
  input  logic                   m_axi_gmem_p_rlast,
  input  logic                   m_axi_gmem_p_rvalid,
  output logic                   m_axi_gmem_p_rready,

  output logic [63:0]            m_axi_gmem_c_awaddr,    // AXI4: writes C
  output logic [7:0]             m_axi_gmem_c_awlen,
  output logic [2:0]             m_axi_gmem_c_awsize,
  output logic [1:0]             m_axi_gmem_c_awburst,
  output logic                   m_axi_gmem_c_awvalid,
  input  logic                   m_axi_gmem_c_awready,
  output logic [DataWidth-1:0]   m_axi_gmem_c_wdata,
  output logic [DataWidth/8-1:0] m_axi_gmem_c_wstrb,
  output logic                   m_axi_gmem_c_wlast,
  output logic                   m_axi_gmem_c_wvalid,
  input  logic                   m_axi_gmem_c_wready,
  input  logic [1:0]             m_axi_gmem_c_bresp,
  input  logic                   m_axi_gmem_c_bvalid,
  output logic                   m_axi_gmem_c_bready
);

  localparam int unsigned Lanes       = DataWidth / 8;
  localparam int unsigned BlockValues = Entries / 2 * Lanes;
  localparam int unsigned Groups      = Columns / Drain;
  localparam int unsigned EntryBits   = $clog2(Entries);
  localparam int unsigned TileBits    = $clog2(ColumnTiles);
  localparam int unsigned GroupBits   = $clog2(ColumnTiles * Groups);

  // Registers.
  logic [2047:0] words;
  logic [319:0]  counters;
  logic          start, take, full, done;

  axi_lite_control #(
    .ArgumentWords(registers_pkg::ArgumentWords),
    .CycleCounters(registers_pkg::CycleCounters)
  ) i_control (
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
    .counters_i     (counters),
    .interrupt_o    (interrupt)
  );

  // The call, and the parts that have not taken it yet.
  typedef enum logic [2:0] {ReadA, LoadB, LoadColumns, Sequence, WriteC} part_t;
  int8_pkg::call_t      call;
  logic [4:0] pending, part_ready;

  int8_dispatch #(
    .Lanes(Lanes),
    .Columns(Columns),
    .Entries(Entries),
    .ColumnTiles(ColumnTiles),
    .BlockValues(BlockValues)
  ) i_dispatch (
    .clk_i       (ap_clk),
    .rst_ni      (ap_rst_n),
    .words_i     (words),
    .start_i     (start && !full),
    .take_o      (take),
    .call_o      (call),
    .pending_o   (pending),
    .part_ready_i(part_ready)
  );

  // A.
  logic                 a_request, a_request_ready, a_valid, word;
  logic [63:0]          a_address;
  logic [20:0]          a_rows;
  logic [19:0]          a_bytes, a_pitch;
  logic [DataWidth-1:0] a_data;

  int8_read_a #(
    .Lanes(Lanes),
    .Columns(Columns),
    .BlockValues(BlockValues),
    .BlockRows(PartialRows)
  ) i_read_a (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .call_i         (call),
    .call_valid_i   (pending[ReadA]),
    .call_ready_o   (part_ready[ReadA]),
    .request_valid_o(a_request),
    .request_ready_i(a_request_ready),
    .address_o      (a_address),
    .rows_o         (a_rows),
    .bytes_o        (a_bytes),
    .pitch_o        (a_pitch)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_a (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(a_request),
    .request_ready_o(a_request_ready),
    .address_i      (a_address),
    .rows_i         (a_rows),
    .bytes_i        (a_bytes),
    .pitch_i        (a_pitch),
    .data_o         (a_data),
    .valid_o        (a_valid),
    .ready_i        (word),
    .m_axi_araddr_o (m_axi_gmem_a_araddr),
    .m_axi_arlen_o  (m_axi_gmem_a_arlen),
    .m_axi_arsize_o (m_axi_gmem_a_arsize),
    .m_axi_arburst_o(m_axi_gmem_a_arburst),
    .m_axi_arvalid_o(m_axi_gmem_a_arvalid),
    .m_axi_arready_i(m_axi_gmem_a_arready),
    .m_axi_rdata_i  (m_axi_gmem_a_rdata),
    .m_axi_rresp_i  (m_axi_gmem_a_rresp),
    .m_axi_rlast_i  (m_axi_gmem_a_rlast),
    .m_axi_rvalid_i (m_axi_gmem_a_rvalid),
    .m_axi_rready_o (m_axi_gmem_a_rready)
  );

  // B.
  logic                       b_request, b_request_ready, b_valid, b_ready, b_write;
  logic [63:0]                b_address;
  logic [20:0]                b_rows;
  logic [19:0]                b_bytes, b_pitch;
  logic [DataWidth-1:0]       b_data;
  logic [EntryBits-1:0]       b_entry;
  logic [$clog2(Lanes)-1:0]   b_lane;
  logic [$clog2(Columns)-1:0] b_chunk;
  logic [8*Lanes-1:0]         b_codes;
  logic [EntryBits:0]         entries_loaded, entries_freed;

  int8_load_b #(
    .DataWidth(DataWidth),
    .Lanes(Lanes),
    .Columns(Columns),
    .Entries(Entries),
    .BlockValues(BlockValues),
    .BlockRows(PartialRows)
  ) i_load_b (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .call_i         (call),
    .call_valid_i   (pending[LoadB]),
    .call_ready_o   (part_ready[LoadB]),
    .request_valid_o(b_request),
    .request_ready_i(b_request_ready),
    .address_o      (b_address),
    .rows_o         (b_rows),
    .bytes_o        (b_bytes),
    .pitch_o        (b_pitch),
    .data_i         (b_data),
    .valid_i        (b_valid),
    .ready_o        (b_ready),
    .write_o        (b_write),
    .entry_o        (b_entry),
    .lane_o         (b_lane),
    .chunk_o        (b_chunk),
    .codes_o        (b_codes),
    .loaded_o       (entries_loaded),
    .freed_i        (entries_freed)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_b (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(b_request),
    .request_ready_o(b_request_ready),
    .address_i      (b_address),
    .rows_i         (b_rows),
    .bytes_i        (b_bytes),
    .pitch_i        (b_pitch),
    .data_o         (b_data),
    .valid_o        (b_valid),
    .ready_i        (b_ready),
    .m_axi_araddr_o (m_axi_gmem_b_araddr),
    .m_axi_arlen_o  (m_axi_gmem_b_arlen),
    .m_axi_arsize_o (m_axi_gmem_b_arsize),
    .m_axi_arburst_o(m_axi_gmem_b_arburst),
    .m_axi_arvalid_o(m_axi_gmem_b_arvalid),
    .m_axi_arready_i(m_axi_gmem_b_arready),
    .m_axi_rdata_i  (m_axi_gmem_b_rdata),
    .m_axi_rresp_i  (m_axi_gmem_b_rresp),
    .m_axi_rlast_i  (m_axi_gmem_b_rlast),
    .m_axi_rvalid_i (m_axi_gmem_b_rvalid),
    .m_axi_rready_o (m_axi_gmem_b_rready)
  );

  // Column parameters.
  logic                 p_request, p_request_ready, p_valid, p_ready;
  logic [63:0]          p_address;
  logic [20:0]          p_bytes;
  logic [DataWidth-1:0] p_data;
  logic [Drain-1:0]     p_write;
  logic [GroupBits-1:0] p_group;
  logic [Drain*int8_pkg::ColumnBits-1:0] p_records;
  logic [TileBits:0]    tiles_loaded, tiles_freed;

  int8_load_columns #(
    .DataWidth(DataWidth),
    .Columns(Columns),
    .Drain(Drain),
    .Tiles(ColumnTiles)
  ) i_load_columns (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .call_i         (call),
    .call_valid_i   (pending[LoadColumns]),
    .call_ready_o   (part_ready[LoadColumns]),
    .request_valid_o(p_request),
    .request_ready_i(p_request_ready),
    .address_o      (p_address),
    .bytes_o        (p_bytes),
    .data_i         (p_data),
    .valid_i        (p_valid),
    .ready_o        (p_ready),
    .write_o        (p_write),
    .group_o        (p_group),
    .records_o      (p_records),
    .loaded_o       (tiles_loaded),
    .freed_i        (tiles_freed)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .ByteWidth(21),
    .MaxBurst(MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_p (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(p_request),
    .request_ready_o(p_request_ready),
    .address_i      (p_address),
    .rows_i         (21'd1),
    .bytes_i        (p_bytes),
    .pitch_i        (21'd0),
    .data_o         (p_data),
    .valid_o        (p_valid),
    .ready_i        (p_ready),
    .m_axi_araddr_o (m_axi_gmem_p_araddr),
    .m_axi_arlen_o  (m_axi_gmem_p_arlen),
    .m_axi_arsize_o (m_axi_gmem_p_arsize),
    .m_axi_arburst_o(m_axi_gmem_p_arburst),
    .m_axi_arvalid_o(m_axi_gmem_p_arvalid),
    .m_axi_arready_i(m_axi_gmem_p_arready),
    .m_axi_rdata_i  (m_axi_gmem_p_rdata),
    .m_axi_rresp_i  (m_axi_gmem_p_rresp),
    .m_axi_rlast_i  (m_axi_gmem_p_rlast),
    .m_axi_rvalid_i (m_axi_gmem_p_rvalid),
    .m_axi_rready_o (m_axi_gmem_p_rready)
  );

  // The array.
  logic [Lanes-1:0]                    mask;
  logic [8*Lanes-1:0]                  a_word;
  logic [EntryBits-1:0]                entry;
  logic                                first, last, array_end, stalled_a, stalled_b, stalled_c;
  int8_pkg::row_t                                row;
  logic                                row_ends, sum_valid;
  logic signed [24:0]                  sum;
  logic [32*Columns-1:0]               sums;
  logic                                group_valid, group_taken;

  int8_sequence #(
    .Lanes(Lanes),
    .Columns(Columns),
    .Drain(Drain),
    .Entries(Entries),
    .Tiles(ColumnTiles),
    .BlockValues(BlockValues),
    .BlockRows(PartialRows),
    .ResultDepth(ResultDepth)
  ) i_sequence (
    .clk_i           (ap_clk),
    .rst_ni          (ap_rst_n),
    .call_i          (call),
    .call_valid_i    (pending[Sequence]),
    .call_ready_o    (part_ready[Sequence]),
    .a_valid_i       (a_valid),
    .entries_loaded_i(entries_loaded),
    .entries_freed_o (entries_freed),
    .tiles_loaded_i  (tiles_loaded),
    .tiles_freed_o   (tiles_freed),
    .result_taken_i  (group_taken),
    .word_o          (word),
    .mask_o          (mask),
    .entry_o         (entry),
    .first_o         (first),
    .last_o          (last),
    .row_o           (row),
    .end_o           (array_end),
    .stalled_a_o     (stalled_a),
    .stalled_b_o     (stalled_b),
    .stalled_c_o     (stalled_c)
  );

  always_comb begin
    for (int l = 0; l < Lanes; l++) a_word[8*l+:8] = mask[l] ? a_data[8*l+:8] : '0;
  end

  int8_array #(
    .Lanes(Lanes),
    .Columns(Columns),
    .FabricPairs(FabricPairs),
    .Spacing(Spacing),
    .Drain(Drain),
    .Entries(Entries)
  ) i_array (
    .clk_i        (ap_clk),
    .rst_ni       (ap_rst_n),
    .valid_i      (word),
    .a_i          (a_word),
    .entry_i      (entry),
    .first_i      (first),
    .last_i       (last),
    .write_i      (b_write),
    .write_entry_i(b_entry),
    .write_lane_i (b_lane),
    .write_chunk_i(b_chunk),
    .codes_i      (b_codes),
    .row_o        (row_ends),
    .sums_o       (sums)
  );

  int8_row_sums #(
    .Lanes(Lanes)
  ) i_row_sums (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .valid_i(word),
    .a_i    (a_word),
    .first_i(first),
    .last_i (last),
    .valid_o(sum_valid),
    .sum_o  (sum)
  );

  // From sums to C.
  localparam int unsigned CountBits = $clog2(Drain) + 1;
  typedef struct packed {
    logic                   raw;
    logic                   last;
    logic [CountBits-1:0]   count;
    logic [32*Drain-1:0]    results;
  } group_t;
  group_t group_in, group_out;
  logic   group_room, group_waits;

  int8_drain #(
    .Columns(Columns),
    .Drain(Drain),
    .Tiles    (ColumnTiles),
    .BlockRows(PartialRows)
  ) i_drain (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .row_push_i     (word && last),
    .row_push_data_i(row),
    .sum_push_i     (sum_valid),
    .sum_push_data_i(sum),
    .row_i          (row_ends),
    .sums_i         (sums),
    .write_i        (p_write),
    .write_group_i  (p_group),
    .records_i      (p_records),
    .valid_o        (group_valid),
    .results_o      (group_in.results),
    .raw_o          (group_in.raw),
    .last_o         (group_in.last),
    .count_o        (group_in.count)
  );

  stream_fifo #(
    .Width(32 * Drain + CountBits + 2),
    .Depth(ResultDepth)
  ) i_results (
    .clk_i  (ap_clk),
    .rst_ni (ap_rst_n),
    .data_i (group_in),
    .valid_i(group_valid),
    .ready_o(group_room),
    .data_o (group_out),
    .valid_o(group_waits),
    .ready_i(group_taken),
    .count_o()
  );

  logic [DataWidth-1:0] c_data;
  logic                 c_valid, c_ready;

  int8_pack #(
    .DataWidth(DataWidth),
    .Drain(Drain)
  ) i_pack (
    .clk_i    (ap_clk),
    .rst_ni   (ap_rst_n),
    .results_i(group_out.results),
    .raw_i    (group_out.raw),
    .last_i   (group_out.last),
    .count_i  (group_out.count),
    .valid_i  (group_waits),
    .ready_o  (group_taken),
    .data_o   (c_data),
    .valid_o  (c_valid),
    .ready_i  (c_ready)
  );

  logic        c_request, c_request_ready, c_final;
  logic [63:0] c_address;
  logic [20:0] c_rows;
  logic [19:0] c_bytes, c_pitch;

  int8_write_c #(
    .Columns(Columns),
    .BlockValues(BlockValues),
    .BlockRows(PartialRows)
  ) i_write_c (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .call_i         (call),
    .call_valid_i   (pending[WriteC]),
    .call_ready_o   (part_ready[WriteC]),
    .request_valid_o(c_request),
    .request_ready_i(c_request_ready),
    .address_o      (c_address),
    .rows_o         (c_rows),
    .bytes_o        (c_bytes),
    .pitch_o        (c_pitch),
    .final_o        (c_final)
  );

  axi_write_rows #(
    .DataWidth(DataWidth),
    .MaxBurst(MaxBurst)
  ) i_axi_c (
    .clk_i          (ap_clk),
    .rst_ni         (ap_rst_n),
    .request_valid_i(c_request),
    .request_ready_o(c_request_ready),
    .address_i      (c_address),
    .rows_i         (c_rows),
    .bytes_i        (c_bytes),
    .pitch_i        (c_pitch),
    .final_i        (c_final),
    .data_i         (c_data),
    .valid_i        (c_valid),
    .ready_o        (c_ready),
    .done_o         (done),
    .m_axi_awaddr_o (m_axi_gmem_c_awaddr),
    .m_axi_awlen_o  (m_axi_gmem_c_awlen),
    .m_axi_awsize_o (m_axi_gmem_c_awsize),
    .m_axi_awburst_o(m_axi_gmem_c_awburst),
    .m_axi_awvalid_o(m_axi_gmem_c_awvalid),
    .m_axi_awready_i(m_axi_gmem_c_awready),
    .m_axi_wdata_o  (m_axi_gmem_c_wdata),
    .m_axi_wstrb_o  (m_axi_gmem_c_wstrb),
    .m_axi_wlast_o  (m_axi_gmem_c_wlast),
    .m_axi_wvalid_o (m_axi_gmem_c_wvalid),
    .m_axi_wready_i (m_axi_gmem_c_wready),
    .m_axi_bresp_i  (m_axi_gmem_c_bresp),
    .m_axi_bvalid_i (m_axi_gmem_c_bvalid),
    .m_axi_bready_o (m_axi_gmem_c_bready)
  );

  cycle_counters i_counters (
    .clk_i      (ap_clk),
    .rst_ni     (ap_rst_n),
    .start_i    (take),
    .array_end_i(array_end),
    .done_i     (done),
    .computing_i(word),
    .stalled_a_i(stalled_a),
    .stalled_b_i(stalled_b),
    .stalled_c_i(stalled_c),
    .counters_o (counters)
  );

`ifndef SYNTHESIS
  always_ff @(posedge ap_clk) begin
    if (ap_rst_n) begin
      assert (!group_valid || group_room) else $fatal(1, "a result has no room");
    end
  end
  initial begin
    assert (DataWidth >= 64 && DataWidth <= 512 && Columns % Lanes == 0 && Lanes % Drain == 0);
    assert (Drain % 2 == 0 && Groups >= 4 && ResultDepth >= 2 * Groups && Drain >= DataWidth / 128);
  end
`endif

endmodule
