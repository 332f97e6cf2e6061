// SPDX-License-Identifier: Apache-2.0

// The registers of network_i8: those of axi_lite_control, and a word that says how the last call ended.

module network_registers (
  input  logic          clk_i,            // clock
  input  logic          rst_ni,           // synchronous reset, active low

  input  logic [11:0]   s_axi_awaddr_i,   // AXI4-Lite
  input  logic          s_axi_awvalid_i,
  output logic          s_axi_awready_o,
  input  logic [31:0]   s_axi_wdata_i,
  input  logic [3:0]    s_axi_wstrb_i,
  input  logic          s_axi_wvalid_i,
  output logic          s_axi_wready_o,
  output logic [1:0]    s_axi_bresp_o,
  output logic          s_axi_bvalid_o,
  input  logic          s_axi_bready_i,
  input  logic [11:0]   s_axi_araddr_i,
  input  logic          s_axi_arvalid_i,
  output logic          s_axi_arready_o,
  output logic [31:0]   s_axi_rdata_o,
  output logic [1:0]    s_axi_rresp_o,
  output logic          s_axi_rvalid_o,
  input  logic          s_axi_rready_i,

  output logic [2047:0] words_o,          // as of axi_lite_control, to the end
  output logic          start_o,
  input  logic          ready_i,
  input  logic          done_i,
  output logic          full_o,
  input  logic [319:0]  counters_i,
  input  logic [31:0]   status_i,         // of the call that ends with done_i
  output logic          interrupt_o
);

  logic [31:0] control_data, status_q, read_status_q;
  logic        reads_status_q;

  axi_lite_control #(
    .ArgumentWords(registers_pkg::ArgumentWords),
    .CycleCounters(registers_pkg::CycleCounters)
  ) i_control (
    .clk_i,
    .rst_ni,
    .s_axi_awaddr_i,
    .s_axi_awvalid_i,
    .s_axi_awready_o,
    .s_axi_wdata_i,
    .s_axi_wstrb_i,
    .s_axi_wvalid_i,
    .s_axi_wready_o,
    .s_axi_bresp_o,
    .s_axi_bvalid_o,
    .s_axi_bready_i,
    .s_axi_araddr_i,
    .s_axi_arvalid_i,
    .s_axi_arready_o,
    .s_axi_rdata_o  (control_data),
    .s_axi_rresp_o,
    .s_axi_rvalid_o,
    .s_axi_rready_i,
    .words_o,
    .start_o,
    .ready_i,
    .done_i,
    .full_o,
    .counters_i,
    .interrupt_o
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) status_q <= '0;
    else if (done_i) status_q <= status_i;
    if (s_axi_arvalid_i && s_axi_arready_o) begin
      reads_status_q <= s_axi_araddr_i[11:2] == 10'(registers_pkg::Status / 4);
      read_status_q  <= status_q;
    end
  end
  assign s_axi_rdata_o = reads_status_q ? read_status_q : control_data;

endmodule
