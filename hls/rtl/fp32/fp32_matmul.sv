// SPDX-License-Identifier: Apache-2.0

// The engine of matmul_f32f32 and matmul_f32i8: an array of Rows x Columns PEs. Each PE serves
// Interleave columns in turn, so a tile of C is Rows x PanelColumns with PanelColumns = Columns *
// Interleave, and a k of it takes Interleave cycles.
//
//   read_a -> axi -> fill_a ---------------+
//   load_b -> axi -> feed_b <- sequence -> array -> result store -> epilogue -> axi
//   load_columns -> axi -> feed_b, epilogue                  write_c -+
//
// The store keeps StoreRows rows of a panel's columns of B. If all of B fits it stays for further
// calls with the same weights; if a panel fits it stays while the panel's rows of C are computed.
// Else B passes through the store in chunks of half of it, and Tiles tiles of rows share a chunk,
// their sums waiting in the PEs.
//
// Parts take a call one by one, each as soon as it is through with the one before. So the next
// call's A and B are on their way while this one's C is written. Calls end in order.

module fp32_matmul #(
  parameter bit          Int8Weights = 1'b0,  // B is int8 with zero points and scales, else fp32
  parameter int unsigned DataWidth   = 64,    // of every port: 64 to 512
  parameter int unsigned Rows        = 8,     // of the array, a power of two
  parameter int unsigned Columns     = 8,     // of the array, a power of two, at least Lanes
  parameter int unsigned StoreRows   = 1024,  // of B, a power of two
  parameter int unsigned StorePanels = 16,    // of column parameters, a power of two
  parameter int unsigned MaxBurst    = 16,    // beats
  parameter int unsigned FifoDepth   = 128    // beats that a reader may have asked for
) (
  input  logic                        clk_i,                   // clock
  input  logic                        rst_ni,                  // synchronous reset, active low

  input  fp32_pkg::call_t             arguments_i,             // of the next call
  input  logic                        start_i,                 // it waits
  output logic                        ready_o,                 // its arguments are taken (pulse)
  output logic                        done_o,                  // a call has ended (pulse)
  output logic [319:0]                counters_o,              // see cycle_counters

  output logic [63:0]                 m_axi_gmem_a_araddr_o,   // AXI4: reads A
  output logic [7:0]                  m_axi_gmem_a_arlen_o,
  output logic [2:0]                  m_axi_gmem_a_arsize_o,
  output logic [1:0]                  m_axi_gmem_a_arburst_o,
  output logic                        m_axi_gmem_a_arvalid_o,
  input  logic                        m_axi_gmem_a_arready_i,
  input  logic [DataWidth-1:0]        m_axi_gmem_a_rdata_i,
  input  logic [1:0]                  m_axi_gmem_a_rresp_i,
  input  logic                        m_axi_gmem_a_rlast_i,
  input  logic                        m_axi_gmem_a_rvalid_i,
  output logic                        m_axi_gmem_a_rready_o,

  output logic [63:0]                 m_axi_gmem_b_araddr_o,   // AXI4: reads B
  output logic [7:0]                  m_axi_gmem_b_arlen_o,
  output logic [2:0]                  m_axi_gmem_b_arsize_o,
  output logic [1:0]                  m_axi_gmem_b_arburst_o,
  output logic                        m_axi_gmem_b_arvalid_o,
  input  logic                        m_axi_gmem_b_arready_i,
  input  logic [DataWidth-1:0]        m_axi_gmem_b_rdata_i,
  input  logic [1:0]                  m_axi_gmem_b_rresp_i,
  input  logic                        m_axi_gmem_b_rlast_i,
  input  logic                        m_axi_gmem_b_rvalid_i,
  output logic                        m_axi_gmem_b_rready_o,

  output logic [63:0]                 m_axi_gmem_p_araddr_o,   // AXI4: reads the column parameters
  output logic [7:0]                  m_axi_gmem_p_arlen_o,
  output logic [2:0]                  m_axi_gmem_p_arsize_o,
  output logic [1:0]                  m_axi_gmem_p_arburst_o,
  output logic                        m_axi_gmem_p_arvalid_o,
  input  logic                        m_axi_gmem_p_arready_i,
  input  logic [DataWidth-1:0]        m_axi_gmem_p_rdata_i,
  input  logic [1:0]                  m_axi_gmem_p_rresp_i,
  input  logic                        m_axi_gmem_p_rlast_i,
  input  logic                        m_axi_gmem_p_rvalid_i,
  output logic                        m_axi_gmem_p_rready_o,

  output logic [63:0]                 m_axi_gmem_c_awaddr_o,   // AXI4: writes C
  output logic [7:0]                  m_axi_gmem_c_awlen_o,
  output logic [2:0]                  m_axi_gmem_c_awsize_o,
  output logic [1:0]                  m_axi_gmem_c_awburst_o,
  output logic                        m_axi_gmem_c_awvalid_o,
  input  logic                        m_axi_gmem_c_awready_i,
  output logic [DataWidth-1:0]        m_axi_gmem_c_wdata_o,
  output logic [DataWidth/8-1:0]      m_axi_gmem_c_wstrb_o,
  output logic                        m_axi_gmem_c_wlast_o,
  output logic                        m_axi_gmem_c_wvalid_o,
  input  logic                        m_axi_gmem_c_wready_i,
  input  logic [1:0]                  m_axi_gmem_c_bresp_i,
  input  logic                        m_axi_gmem_c_bvalid_i,
  output logic                        m_axi_gmem_c_bready_o
);

  localparam int unsigned PanelColumns = Columns * fp32_pkg::Interleave;
  localparam int unsigned ChunkRows    = StoreRows / 2;
  localparam int unsigned ResultTiles  = 4;
  localparam int unsigned Lanes        = DataWidth / 32;  // results finished at once
  localparam int unsigned Width        = Int8Weights ? 8 : 32;
  localparam int unsigned BWidth       = Int8Weights ? fp32_pkg::WeightBits : fp32_pkg::NumberBits;
  localparam int unsigned Unit         = DataWidth / Width < Columns ? DataWidth / Width : Columns;
  localparam int unsigned Records      = DataWidth < 128 ? 1 : DataWidth / 128;
  localparam int unsigned Credits      = 32;
  localparam int unsigned RowBits      = $clog2(StoreRows);
  localparam int unsigned PanelBits    = $clog2(StorePanels);
  localparam int unsigned IndexBits    = $clog2(PanelColumns);
  localparam int unsigned WordBits     = $clog2(ResultTiles * Rows) + 3;
  localparam int unsigned UnitBits     = $clog2(PanelColumns / Lanes);
  localparam int unsigned PhaseBits    = UnitBits - 3;
  localparam int unsigned CountBits    = $clog2(Rows) + 1;

  // Calls.
  typedef enum logic [2:0] {ReadA, LoadB, LoadColumns, Sequence, WriteC} part_t;

  fp32_pkg::call_t call;
  logic [4:0]      valid, taken;
  logic            settled;

  fp32_calls #(
    .PanelColumns(PanelColumns),
    .StoreRows   (StoreRows),
    .StorePanels (StorePanels),
    .Parts       (5)
  ) i_calls (
    .clk_i,
    .rst_ni,
    .arguments_i,
    .start_i    (start_i && settled),
    .ready_o,
    .call_o     (call),
    .valid_o    (valid),
    .taken_i    (taken)
  );

  // A.
  logic                 a_request, a_request_ready, a_reader_ready, a_valid, a_ready;
  logic [63:0]          a_address;
  logic [CountBits-1:0] a_rows, block_rows;
  logic [4:0]           a_words, block_words;
  logic [19:0]          a_bytes, a_pitch;
  logic [DataWidth-1:0] a_data, fill_data;
  logic                 blocks_ready, block_valid, block_taken, a_filled, a_released;
  logic [Rows-1:0]      fill;
  logic [4:0]           fill_address;

  fp32_read_a #(
    .Rows        (Rows),
    .PanelColumns(PanelColumns),
    .ChunkRows   (ChunkRows),
    .DataWidth   (DataWidth)
  ) i_read_a (
    .clk_i,
    .rst_ni,
    .call_i         (call),
    .call_valid_i   (valid[ReadA]),
    .call_taken_o   (taken[ReadA]),
    .request_valid_o(a_request),
    .request_ready_i(a_request_ready),
    .address_o      (a_address),
    .rows_o         (a_rows),
    .words_o        (a_words),
    .bytes_o        (a_bytes),
    .pitch_o        (a_pitch)
  );

  assign a_request_ready = a_reader_ready && blocks_ready;

  stream_fifo #(
    .Width(CountBits + 5),
    .Depth(16)
  ) i_blocks (
    .clk_i,
    .rst_ni,
    .data_i ({a_rows, a_words}),
    .valid_i(a_request && a_reader_ready),
    .ready_o(blocks_ready),
    .data_o ({block_rows, block_words}),
    .valid_o(block_valid),
    .ready_i(block_taken),
    .count_o()
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .RowWidth (CountBits),
    .MaxBurst (MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_a (
    .clk_i,
    .rst_ni,
    .request_valid_i(a_request && blocks_ready),
    .request_ready_o(a_reader_ready),
    .address_i      (a_address),
    .rows_i         (a_rows),
    .bytes_i        (a_bytes),
    .pitch_i        (a_pitch),
    .data_o         (a_data),
    .valid_o        (a_valid),
    .ready_i        (a_ready),
    .m_axi_araddr_o (m_axi_gmem_a_araddr_o),
    .m_axi_arlen_o  (m_axi_gmem_a_arlen_o),
    .m_axi_arsize_o (m_axi_gmem_a_arsize_o),
    .m_axi_arburst_o(m_axi_gmem_a_arburst_o),
    .m_axi_arvalid_o(m_axi_gmem_a_arvalid_o),
    .m_axi_arready_i(m_axi_gmem_a_arready_i),
    .m_axi_rdata_i  (m_axi_gmem_a_rdata_i),
    .m_axi_rresp_i  (m_axi_gmem_a_rresp_i),
    .m_axi_rlast_i  (m_axi_gmem_a_rlast_i),
    .m_axi_rvalid_i (m_axi_gmem_a_rvalid_i),
    .m_axi_rready_o (m_axi_gmem_a_rready_o)
  );

  fp32_fill_a #(
    .Rows     (Rows),
    .DataWidth(DataWidth)
  ) i_fill_a (
    .clk_i,
    .rst_ni,
    .block_valid_i (block_valid),
    .block_rows_i  (block_rows),
    .block_words_i (block_words),
    .block_taken_o (block_taken),
    .data_i        (a_data),
    .valid_i       (a_valid),
    .ready_o       (a_ready),
    .release_i     (a_released),
    .filled_o      (a_filled),
    .fill_o        (fill),
    .fill_address_o(fill_address),
    .fill_data_o   (fill_data)
  );

  // B.
  logic                    b_request, b_request_ready, b_valid, b_ready;
  logic [63:0]             b_address;
  logic [16:0]             b_rows;
  logic [19:0]             b_bytes, b_pitch;
  logic [DataWidth-1:0]    b_data;
  logic [RowBits:0]        b_free, b_loaded;
  logic [Columns/Unit-1:0] b_write;
  logic [RowBits+2:0]      b_write_address;
  logic [Width*Unit-1:0]   b_write_data;

  fp32_load_b #(
    .Rows     (Rows),
    .Columns  (Columns),
    .StoreRows(StoreRows),
    .DataWidth(DataWidth),
    .Width    (Width),
    .Unit     (Unit)
  ) i_load_b (
    .clk_i,
    .rst_ni,
    .call_i         (call),
    .call_valid_i   (valid[LoadB]),
    .call_taken_o   (taken[LoadB]),
    .request_valid_o(b_request),
    .request_ready_i(b_request_ready),
    .address_o      (b_address),
    .rows_o         (b_rows),
    .bytes_o        (b_bytes),
    .pitch_o        (b_pitch),
    .data_i         (b_data),
    .valid_i        (b_valid),
    .ready_o        (b_ready),
    .free_i         (b_free),
    .loaded_o       (b_loaded),
    .write_o        (b_write),
    .write_address_o(b_write_address),
    .write_data_o   (b_write_data)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .RowWidth (17),
    .MaxBurst (MaxBurst),
    .FifoDepth(FifoDepth)
  ) i_axi_b (
    .clk_i,
    .rst_ni,
    .request_valid_i(b_request),
    .request_ready_o(b_request_ready),
    .address_i      (b_address),
    .rows_i         (b_rows),
    .bytes_i        (b_bytes),
    .pitch_i        (b_pitch),
    .data_o         (b_data),
    .valid_o        (b_valid),
    .ready_i        (b_ready),
    .m_axi_araddr_o (m_axi_gmem_b_araddr_o),
    .m_axi_arlen_o  (m_axi_gmem_b_arlen_o),
    .m_axi_arsize_o (m_axi_gmem_b_arsize_o),
    .m_axi_arburst_o(m_axi_gmem_b_arburst_o),
    .m_axi_arvalid_o(m_axi_gmem_b_arvalid_o),
    .m_axi_arready_i(m_axi_gmem_b_arready_i),
    .m_axi_rdata_i  (m_axi_gmem_b_rdata_i),
    .m_axi_rresp_i  (m_axi_gmem_b_rresp_i),
    .m_axi_rlast_i  (m_axi_gmem_b_rlast_i),
    .m_axi_rvalid_i (m_axi_gmem_b_rvalid_i),
    .m_axi_rready_o (m_axi_gmem_b_rready_o)
  );

  // Column parameters.
  logic                           p_request, p_request_ready, p_valid, p_ready, p_write;
  logic [63:0]                    p_address;
  logic [20:0]                    p_bytes;
  logic [DataWidth-1:0]           p_data;
  logic [PanelBits:0]             panels_free, panels_loaded;
  logic [PanelBits+IndexBits-1:0] p_write_address;
  logic [Records*32-1:0]          bias, scale;
  logic [Records*8-1:0]           zero;

  fp32_load_columns #(
    .PanelColumns(PanelColumns),
    .StorePanels (StorePanels),
    .DataWidth   (DataWidth)
  ) i_load_columns (
    .clk_i,
    .rst_ni,
    .call_i         (call),
    .call_valid_i   (valid[LoadColumns]),
    .call_taken_o   (taken[LoadColumns]),
    .request_valid_o(p_request),
    .request_ready_i(p_request_ready),
    .address_o      (p_address),
    .bytes_o        (p_bytes),
    .data_i         (p_data),
    .valid_i        (p_valid),
    .ready_o        (p_ready),
    .free_i         (panels_free),
    .loaded_o       (panels_loaded),
    .write_o        (p_write),
    .write_address_o(p_write_address),
    .bias_o         (bias),
    .scale_o        (scale),
    .zero_o         (zero)
  );

  axi_read_rows #(
    .DataWidth(DataWidth),
    .RowWidth (1),
    .ByteWidth(21),
    .MaxBurst (MaxBurst),
    .FifoDepth(2 * MaxBurst)
  ) i_axi_p (
    .clk_i,
    .rst_ni,
    .request_valid_i(p_request),
    .request_ready_o(p_request_ready),
    .address_i      (p_address),
    .rows_i         (1'b1),
    .bytes_i        (p_bytes),
    .pitch_i        ('0),
    .data_o         (p_data),
    .valid_o        (p_valid),
    .ready_i        (p_ready),
    .m_axi_araddr_o (m_axi_gmem_p_araddr_o),
    .m_axi_arlen_o  (m_axi_gmem_p_arlen_o),
    .m_axi_arsize_o (m_axi_gmem_p_arsize_o),
    .m_axi_arburst_o(m_axi_gmem_p_arburst_o),
    .m_axi_arvalid_o(m_axi_gmem_p_arvalid_o),
    .m_axi_arready_i(m_axi_gmem_p_arready_i),
    .m_axi_rdata_i  (m_axi_gmem_p_rdata_i),
    .m_axi_rresp_i  (m_axi_gmem_p_rresp_i),
    .m_axi_rlast_i  (m_axi_gmem_p_rlast_i),
    .m_axi_rvalid_i (m_axi_gmem_p_rvalid_i),
    .m_axi_rready_o (m_axi_gmem_p_rready_o)
  );

  // The array.
  fp32_pkg::step_t                step, array_step;
  logic [RowBits-1:0]             step_row;
  logic [PanelBits-1:0]           step_panel;
  logic [Columns*BWidth-1:0]      array_b;
  logic                           array_end, computing, stalled_a, stalled_b, stalled_c;
  logic                           sums_valid, tile_taken;
  logic [Columns*32-1:0]          sums;

  fp32_sequence #(
    .Rows        (Rows),
    .PanelColumns(PanelColumns),
    .StoreRows   (StoreRows),
    .StorePanels (StorePanels),
    .ResultTiles (ResultTiles),
    .WordLanes   (DataWidth / 32)
  ) i_sequence (
    .clk_i,
    .rst_ni,
    .call_i          (call),
    .call_valid_i    (valid[Sequence]),
    .call_taken_o    (taken[Sequence]),
    .a_filled_i      (a_filled),
    .b_loaded_i      (b_loaded),
    .b_free_o        (b_free),
    .columns_loaded_i(panels_loaded),
    .result_taken_i  (tile_taken),
    .step_o          (step),
    .b_row_o         (step_row),
    .panel_o         (step_panel),
    .call_end_o      (array_end),
    .computing_o     (computing),
    .stalled_a_o     (stalled_a),
    .stalled_b_o     (stalled_b),
    .stalled_c_o     (stalled_c)
  );

  fp32_feed_b #(
    .Int8Weights(Int8Weights),
    .BWidth     (BWidth),
    .Columns    (Columns),
    .Width      (Width),
    .Unit       (Unit),
    .StoreRows  (StoreRows),
    .StorePanels(StorePanels),
    .Records    (Records)
  ) i_feed_b (
    .clk_i,
    .write_i        (b_write),
    .write_address_i(b_write_address),
    .write_data_i   (b_write_data),
    .zero_write_i   (p_write),
    .zero_address_i (p_write_address),
    .zero_data_i    (zero),
    .step_i         (step),
    .row_i          (step_row),
    .panel_i        (step_panel),
    .step_o         (array_step),
    .b_o            (array_b)
  );

  fp32_array #(
    .Int8Weights(Int8Weights),
    .BWidth     (BWidth),
    .Rows       (Rows),
    .Columns    (Columns),
    .DataWidth  (DataWidth)
  ) i_array (
    .clk_i,
    .rst_ni,
    .fill_i        (fill),
    .fill_address_i(fill_address),
    .fill_data_i   (fill_data),
    .step_i        (array_step),
    .b_i           (array_b),
    .settled_o     (settled),
    .release_a_o   (a_released),
    .valid_o       (sums_valid),
    .results_o     (sums)
  );

  // Results, in the order of C: {tile, row, group}.
  logic [WordBits:0]             words_q;
  logic                          read, request_c, request_c_ready, final_c, c_write;
  logic [WordBits-1:0]           word;
  logic [PanelBits+UnitBits-1:0] unit;
  logic [Columns*32-1:0]         group;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) words_q <= '0;
    else if (sums_valid) words_q <= words_q + 1'b1;
  end

  fp32_block_ram #(
    .PartWidth(Columns * 32),
    .Parts    (1),
    .Depth    (ResultTiles * Rows * fp32_pkg::Interleave)
  ) i_results (
    .clk_i,
    .write_i        (sums_valid),
    .write_address_i(words_q[WordBits-1:0]),
    .write_data_i   (sums),
    .read_address_i (word),
    .read_data_o    (group)
  );

  logic [63:0]          c_address;
  logic [CountBits-1:0] c_rows;
  logic [19:0]          c_bytes, c_pitch;

  fp32_write_c #(
    .Rows       (Rows),
    .Columns    (Columns),
    .Lanes      (Lanes),
    .ResultTiles(ResultTiles),
    .StorePanels(StorePanels),
    .Credits    (Credits)
  ) i_write_c (
    .clk_i,
    .rst_ni,
    .call_i         (call),
    .call_valid_i   (valid[WriteC]),
    .call_taken_o   (taken[WriteC]),
    .words_i        (words_q),
    .written_i      (c_write),
    .read_o         (read),
    .word_o         (word),
    .unit_o         (unit),
    .tile_taken_o   (tile_taken),
    .columns_free_o (panels_free),
    .request_valid_o(request_c),
    .request_ready_i(request_c_ready),
    .address_o      (c_address),
    .rows_o         (c_rows),
    .bytes_o        (c_bytes),
    .pitch_o        (c_pitch),
    .final_o        (final_c)
  );

  // A unit comes from the store after two cycles and is cut out of its group in a third.
  logic [2:0]           read_q;
  logic [DataWidth-1:0] sums_q, results;
  logic                 results_valid;

  always_ff @(posedge clk_i) read_q <= rst_ni ? {read_q[1:0], read} : '0;

  if (PhaseBits == 0) begin : gen_whole
    always_ff @(posedge clk_i) sums_q <= group;
  end else begin : gen_phases
    logic [PhaseBits-1:0] phase_q, phase_q2;
    always_ff @(posedge clk_i) begin
      phase_q  <= unit[PhaseBits-1:0];
      phase_q2 <= phase_q;
      sums_q   <= group[DataWidth*32'(phase_q2)+:DataWidth];
    end
  end

  fp32_epilogue #(
    .Int8Weights (Int8Weights),
    .PanelColumns(PanelColumns),
    .StorePanels (StorePanels),
    .Lanes       (Lanes),
    .Records     (Records)
  ) i_epilogue (
    .clk_i,
    .rst_ni,
    .write_i        (p_write),
    .write_address_i(p_write_address),
    .bias_i         (bias),
    .scale_i        (scale),
    .read_address_i (unit),
    .sums_i         (sums_q),
    .valid_i        (read_q[2]),
    .results_o      (results),
    .valid_o        (results_valid)
  );

  logic                 c_valid, c_ready, results_ready;
  logic [DataWidth-1:0] c_data;

  stream_fifo #(
    .Width(DataWidth),
    .Depth(Credits)
  ) i_c_words (
    .clk_i,
    .rst_ni,
    .data_i (results),
    .valid_i(results_valid),
    .ready_o(results_ready),
    .data_o (c_data),
    .valid_o(c_valid),
    .ready_i(c_ready),
    .count_o()
  );

  assign c_write = c_valid && c_ready;

  axi_write_rows #(
    .DataWidth(DataWidth),
    .RowWidth (CountBits),
    .MaxBurst (MaxBurst)
  ) i_axi_c (
    .clk_i,
    .rst_ni,
    .request_valid_i(request_c),
    .request_ready_o(request_c_ready),
    .address_i      (c_address),
    .rows_i         (c_rows),
    .bytes_i        (c_bytes),
    .pitch_i        (c_pitch),
    .final_i        (final_c),
    .data_i         (c_data),
    .valid_i        (c_valid),
    .ready_o        (c_ready),
    .done_o,
    .m_axi_awaddr_o (m_axi_gmem_c_awaddr_o),
    .m_axi_awlen_o  (m_axi_gmem_c_awlen_o),
    .m_axi_awsize_o (m_axi_gmem_c_awsize_o),
    .m_axi_awburst_o(m_axi_gmem_c_awburst_o),
    .m_axi_awvalid_o(m_axi_gmem_c_awvalid_o),
    .m_axi_awready_i(m_axi_gmem_c_awready_i),
    .m_axi_wdata_o  (m_axi_gmem_c_wdata_o),
    .m_axi_wstrb_o  (m_axi_gmem_c_wstrb_o),
    .m_axi_wlast_o  (m_axi_gmem_c_wlast_o),
    .m_axi_wvalid_o (m_axi_gmem_c_wvalid_o),
    .m_axi_wready_i (m_axi_gmem_c_wready_i),
    .m_axi_bresp_i  (m_axi_gmem_c_bresp_i),
    .m_axi_bvalid_i (m_axi_gmem_c_bvalid_i),
    .m_axi_bready_o (m_axi_gmem_c_bready_o)
  );

  cycle_counters i_counters (
    .clk_i,
    .rst_ni,
    .start_i    (ready_o),
    .array_end_i(array_end),
    .done_i     (done_o),
    .computing_i(computing),
    .stalled_a_i(stalled_a),
    .stalled_b_i(stalled_b),
    .stalled_c_i(stalled_c),
    .counters_o
  );

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) assert (!results_valid || results_ready) else $fatal(1, "a result has no room");
  end
  initial begin
    assert (DataWidth >= 64 && DataWidth <= 512 && Lanes <= Columns);
    assert (Rows >= 2 && (Rows & (Rows - 1)) == 0 && (Columns & (Columns - 1)) == 0);
    assert ($bits(fp32_pkg::number_t) == fp32_pkg::NumberBits);
    assert ($bits(fp32_pkg::weight_t) == fp32_pkg::WeightBits);
    assert ($bits(fp32_pkg::step_t) == fp32_pkg::StepBits);
    assert (ChunkRows % (fp32_pkg::BlockWords * DataWidth / 32) == 0);
  end
`endif

endmodule
