// SPDX-License-Identifier: Apache-2.0

// C = A * B + bias in fp32, k ascending, never fused. Arguments, registers and limits:
// hls/kernels/matmul_f32f32.json. Packaged as a Vitis RTL kernel, with clock ap_clk, reset ap_rst_n
// and ap_ctrl_chain. How it works: fp32_matmul.

module matmul_f32f32 #(
  // of every port: 64 to 512
  parameter int unsigned DataWidth   = configuration_pkg::F32DataWidth,
  // of the array, a power of two
  parameter int unsigned Rows        = configuration_pkg::F32Rows,
  // of the array, a power of two, at least DataWidth / 32
  parameter int unsigned Columns     = configuration_pkg::F32Columns,
  // of B that the store holds, a power of two
  parameter int unsigned StoreRows   = configuration_pkg::F32F32StoreRows,
  // whose column parameters are held, a power of two
  parameter int unsigned StorePanels = configuration_pkg::F32StorePanels,
  // beats
  parameter int unsigned MaxBurst    = configuration_pkg::F32MaxBurst,
  // beats that a reader may have asked for
  parameter int unsigned FifoDepth   = configuration_pkg::F32FifoDepth
) (
  input  logic                        ap_clk,                  // clock
  input  logic                        ap_rst_n,                // synchronous reset, active low

  input  logic [11:0]                 s_axi_control_awaddr,    // AXI4-Lite: registers
  input  logic                        s_axi_control_awvalid,
  output logic                        s_axi_control_awready,
  input  logic [31:0]                 s_axi_control_wdata,
  input  logic [3:0]                  s_axi_control_wstrb,
  input  logic                        s_axi_control_wvalid,
  output logic                        s_axi_control_wready,
  output logic [1:0]                  s_axi_control_bresp,
  output logic                        s_axi_control_bvalid,
  input  logic                        s_axi_control_bready,
  input  logic [11:0]                 s_axi_control_araddr,
  input  logic                        s_axi_control_arvalid,
  output logic                        s_axi_control_arready,
  output logic [31:0]                 s_axi_control_rdata,
  output logic [1:0]                  s_axi_control_rresp,
  output logic                        s_axi_control_rvalid,
  input  logic                        s_axi_control_rready,
  output logic                        interrupt,               // level, active high

  output logic [63:0]                 m_axi_gmem_a_araddr,     // AXI4: reads A
  output logic [7:0]                  m_axi_gmem_a_arlen,
  output logic [2:0]                  m_axi_gmem_a_arsize,
  output logic [1:0]                  m_axi_gmem_a_arburst,
  output logic                        m_axi_gmem_a_arvalid,
  input  logic                        m_axi_gmem_a_arready,
  input  logic [DataWidth-1:0]        m_axi_gmem_a_rdata,
  input  logic [1:0]                  m_axi_gmem_a_rresp,
  input  logic                        m_axi_gmem_a_rlast,
  input  logic                        m_axi_gmem_a_rvalid,
  output logic                        m_axi_gmem_a_rready,

  output logic [63:0]                 m_axi_gmem_b_araddr,     // AXI4: reads B
  output logic [7:0]                  m_axi_gmem_b_arlen,
  output logic [2:0]                  m_axi_gmem_b_arsize,
  output logic [1:0]                  m_axi_gmem_b_arburst,
  output logic                        m_axi_gmem_b_arvalid,
  input  logic                        m_axi_gmem_b_arready,
  input  logic [DataWidth-1:0]        m_axi_gmem_b_rdata,
  input  logic [1:0]                  m_axi_gmem_b_rresp,
  input  logic                        m_axi_gmem_b_rlast,
  input  logic                        m_axi_gmem_b_rvalid,
  output logic                        m_axi_gmem_b_rready,

  output logic [63:0]                 m_axi_gmem_p_araddr,     // AXI4: reads the column parameters
  output logic [7:0]                  m_axi_gmem_p_arlen,
  output logic [2:0]                  m_axi_gmem_p_arsize,
  output logic [1:0]                  m_axi_gmem_p_arburst,
  output logic                        m_axi_gmem_p_arvalid,
  input  logic                        m_axi_gmem_p_arready,
  input  logic [DataWidth-1:0]        m_axi_gmem_p_rdata,
  input  logic [1:0]                  m_axi_gmem_p_rresp,
  input  logic                        m_axi_gmem_p_rlast,
  input  logic                        m_axi_gmem_p_rvalid,
  output logic                        m_axi_gmem_p_rready,

  output logic [63:0]                 m_axi_gmem_c_awaddr,     // AXI4: writes C
  output logic [7:0]                  m_axi_gmem_c_awlen,
  output logic [2:0]                  m_axi_gmem_c_awsize,
  output logic [1:0]                  m_axi_gmem_c_awburst,
  output logic                        m_axi_gmem_c_awvalid,
  input  logic                        m_axi_gmem_c_awready,
  output logic [DataWidth-1:0]        m_axi_gmem_c_wdata,
  output logic [DataWidth/8-1:0]      m_axi_gmem_c_wstrb,
  output logic                        m_axi_gmem_c_wlast,
  output logic                        m_axi_gmem_c_wvalid,
  input  logic                        m_axi_gmem_c_wready,
  input  logic [1:0]                  m_axi_gmem_c_bresp,
  input  logic                        m_axi_gmem_c_bvalid,
  output logic                        m_axi_gmem_c_bready
);

  logic [2047:0]   words;  // offset o at bit 8 * o
  logic [319:0]    counters;
  logic            start, ready, done, full;
  fp32_pkg::call_t arguments;

  // the arguments' first bits
  localparam int unsigned A    = 8 * registers_pkg::A;
  localparam int unsigned B    = 8 * registers_pkg::B;
  localparam int unsigned Cols = 8 * registers_pkg::Columns;
  localparam int unsigned C    = 8 * registers_pkg::C;
  localparam int unsigned M    = 8 * registers_pkg::M;
  localparam int unsigned K    = 8 * registers_pkg::K;
  localparam int unsigned N    = 8 * registers_pkg::N;
  localparam int unsigned Id   = 8 * registers_pkg::WeightsId;

  always_comb begin
    arguments = '0;
    arguments.a          = words[A+:64];
    arguments.b          = words[B+:64];
    arguments.columns    = words[Cols+:64];
    arguments.c          = words[C+:64];
    arguments.m          = words[M+:21];
    arguments.k          = words[K+:17];
    arguments.n          = words[N+:17];
    arguments.weights_id = words[Id+:32];
  end

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
    .ready_i        (ready),
    .done_i         (done),
    .full_o         (full),
    .counters_i     (counters),
    .interrupt_o    (interrupt)
  );

  fp32_matmul #(
    .Int8Weights(1'b0),
    .DataWidth  (DataWidth),
    .Rows       (Rows),
    .Columns    (Columns),
    .StoreRows  (StoreRows),
    .StorePanels(StorePanels),
    .MaxBurst   (MaxBurst),
    .FifoDepth  (FifoDepth)
  ) i_matmul (
    .clk_i                 (ap_clk),
    .rst_ni                (ap_rst_n),
    .arguments_i           (arguments),
    .start_i               (start && !full),
    .ready_o               (ready),
    .done_o                (done),
    .counters_o            (counters),
    .m_axi_gmem_a_araddr_o (m_axi_gmem_a_araddr),
    .m_axi_gmem_a_arlen_o  (m_axi_gmem_a_arlen),
    .m_axi_gmem_a_arsize_o (m_axi_gmem_a_arsize),
    .m_axi_gmem_a_arburst_o(m_axi_gmem_a_arburst),
    .m_axi_gmem_a_arvalid_o(m_axi_gmem_a_arvalid),
    .m_axi_gmem_a_arready_i(m_axi_gmem_a_arready),
    .m_axi_gmem_a_rdata_i  (m_axi_gmem_a_rdata),
    .m_axi_gmem_a_rresp_i  (m_axi_gmem_a_rresp),
    .m_axi_gmem_a_rlast_i  (m_axi_gmem_a_rlast),
    .m_axi_gmem_a_rvalid_i (m_axi_gmem_a_rvalid),
    .m_axi_gmem_a_rready_o (m_axi_gmem_a_rready),
    .m_axi_gmem_b_araddr_o (m_axi_gmem_b_araddr),
    .m_axi_gmem_b_arlen_o  (m_axi_gmem_b_arlen),
    .m_axi_gmem_b_arsize_o (m_axi_gmem_b_arsize),
    .m_axi_gmem_b_arburst_o(m_axi_gmem_b_arburst),
    .m_axi_gmem_b_arvalid_o(m_axi_gmem_b_arvalid),
    .m_axi_gmem_b_arready_i(m_axi_gmem_b_arready),
    .m_axi_gmem_b_rdata_i  (m_axi_gmem_b_rdata),
    .m_axi_gmem_b_rresp_i  (m_axi_gmem_b_rresp),
    .m_axi_gmem_b_rlast_i  (m_axi_gmem_b_rlast),
    .m_axi_gmem_b_rvalid_i (m_axi_gmem_b_rvalid),
    .m_axi_gmem_b_rready_o (m_axi_gmem_b_rready),
    .m_axi_gmem_p_araddr_o (m_axi_gmem_p_araddr),
    .m_axi_gmem_p_arlen_o  (m_axi_gmem_p_arlen),
    .m_axi_gmem_p_arsize_o (m_axi_gmem_p_arsize),
    .m_axi_gmem_p_arburst_o(m_axi_gmem_p_arburst),
    .m_axi_gmem_p_arvalid_o(m_axi_gmem_p_arvalid),
    .m_axi_gmem_p_arready_i(m_axi_gmem_p_arready),
    .m_axi_gmem_p_rdata_i  (m_axi_gmem_p_rdata),
    .m_axi_gmem_p_rresp_i  (m_axi_gmem_p_rresp),
    .m_axi_gmem_p_rlast_i  (m_axi_gmem_p_rlast),
    .m_axi_gmem_p_rvalid_i (m_axi_gmem_p_rvalid),
    .m_axi_gmem_p_rready_o (m_axi_gmem_p_rready),
    .m_axi_gmem_c_awaddr_o (m_axi_gmem_c_awaddr),
    .m_axi_gmem_c_awlen_o  (m_axi_gmem_c_awlen),
    .m_axi_gmem_c_awsize_o (m_axi_gmem_c_awsize),
    .m_axi_gmem_c_awburst_o(m_axi_gmem_c_awburst),
    .m_axi_gmem_c_awvalid_o(m_axi_gmem_c_awvalid),
    .m_axi_gmem_c_awready_i(m_axi_gmem_c_awready),
    .m_axi_gmem_c_wdata_o  (m_axi_gmem_c_wdata),
    .m_axi_gmem_c_wstrb_o  (m_axi_gmem_c_wstrb),
    .m_axi_gmem_c_wlast_o  (m_axi_gmem_c_wlast),
    .m_axi_gmem_c_wvalid_o (m_axi_gmem_c_wvalid),
    .m_axi_gmem_c_wready_i (m_axi_gmem_c_wready),
    .m_axi_gmem_c_bresp_i  (m_axi_gmem_c_bresp),
    .m_axi_gmem_c_bvalid_i (m_axi_gmem_c_bvalid),
    .m_axi_gmem_c_bready_o (m_axi_gmem_c_bready)
  );

endmodule
