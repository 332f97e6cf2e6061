// SPDX-License-Identifier: Apache-2.0

// The registers of a kernel with block protocol ap_ctrl_chain, as Vitis HLS lays them out:
//
//   0x00  control    0 ap_start   1 ap_done      2 ap_idle   3 ap_ready (cleared by a read)
//                    4 ap_continue (written)     7 auto_restart   9 interrupt
//   0x04  GIER       0 interrupts enabled
//   0x08  IER        0 for ap_done, 1 for ap_ready
//   0x0c  ISR        0 ap_done happened, 1 ap_ready happened; a written 1 toggles
//   0x10  arguments  where ArgumentWords says
//   CycleCounters    five counters of 64 bits, low word first, read-only
//
// Calls overlap. Ends are counted: ap_done stands while there are some, each ap_continue takes one.

module axi_lite_control #(
  parameter logic [63:0] ArgumentWords = '0,    // bit w: the word at offset 4 * w is an argument's
  parameter int unsigned CycleCounters = 'hc0   // offset of the first counter
) (
  input  logic              clk_i,            // clock
  input  logic              rst_ni,           // synchronous reset, active low

  input  logic [11:0]       s_axi_awaddr_i,   // AXI4-Lite write address
  input  logic              s_axi_awvalid_i,
  output logic              s_axi_awready_o,
  input  logic [31:0]       s_axi_wdata_i,    // AXI4-Lite write data
  input  logic [3:0]        s_axi_wstrb_i,
  input  logic              s_axi_wvalid_i,
  output logic              s_axi_wready_o,
  output logic [1:0]        s_axi_bresp_o,    // AXI4-Lite write response
  output logic              s_axi_bvalid_o,
  input  logic              s_axi_bready_i,
  input  logic [11:0]       s_axi_araddr_i,   // AXI4-Lite read address
  input  logic              s_axi_arvalid_i,
  output logic              s_axi_arready_o,
  output logic [31:0]       s_axi_rdata_o,    // AXI4-Lite read data
  output logic [1:0]        s_axi_rresp_o,
  output logic              s_axi_rvalid_o,
  input  logic              s_axi_rready_i,

  output logic [2047:0]     words_o,          // argument registers: offset o at bit 8 * o; else 0
  output logic              start_o,          // a call waits to be taken
  input  logic              ready_i,          // its arguments are taken in this cycle
  input  logic              done_i,           // a call has ended (pulse)
  output logic              full_o,           // take no call until ap_continue
  input  logic [319:0]      counters_i,       // busy (lowest); computing; stalled on A, B, C
  output logic              interrupt_o       // level, active high
);

  localparam int unsigned Capacity = 3;  // calls under way or waiting for ap_continue
  localparam logic [5:0] Control = 6'd0, Gier = 6'd1, Ier = 6'd2, Isr = 6'd3;
  localparam logic [5:0] Counters = 6'(CycleCounters / 4);

  // Writes: address and data are taken together, once both are there.
  logic        write, outside_write;
  logic [5:0]  write_word;
  logic [31:0] write_mask;

  assign write           = s_axi_awvalid_i && s_axi_wvalid_i && !s_axi_bvalid_o;
  assign s_axi_awready_o = write;
  assign s_axi_wready_o  = write;
  assign s_axi_bresp_o   = 2'b00;
  assign write_word      = s_axi_awaddr_i[7:2];
  assign outside_write   = |s_axi_awaddr_i[11:8];
  assign write_mask      = {{8{s_axi_wstrb_i[3]}}, {8{s_axi_wstrb_i[2]}},
                            {8{s_axi_wstrb_i[1]}}, {8{s_axi_wstrb_i[0]}}};

  logic [63:0] hit;  // the word that is written
  for (genvar w = 0; w < 64; w++) begin : gen_words
    assign hit[w] = write && !outside_write && write_word == 6'(w);
    if (ArgumentWords[w]) begin : gen_argument
      logic [31:0] word_q;
      always_ff @(posedge clk_i) begin
        if (!rst_ni) word_q <= '0;
        else if (hit[w]) word_q <= (word_q & ~write_mask) | (s_axi_wdata_i & write_mask);
      end
      assign words_o[32*w+:32] = word_q;
    end else begin : gen_none
      assign words_o[32*w+:32] = '0;
    end
  end

  // The low byte of the four control words is all that is used of them.
  logic [7:0] low;
  assign low = s_axi_wdata_i[7:0] & write_mask[7:0];

  logic       start_q, restart_q, ready_q, enabled_q;
  logic [1:0] calls_q, done_q, mask_q, status_q;
  logic       read, continued;

  assign start_o     = start_q;
  assign full_o      = calls_q == 2'(Capacity);
  assign continued   = hit[Control] && low[4] && done_q != 0;
  assign interrupt_o = enabled_q && |status_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      start_q   <= 1'b0;
      restart_q <= 1'b0;
      ready_q   <= 1'b0;
      calls_q   <= '0;
      done_q    <= '0;
      enabled_q <= 1'b0;
      mask_q    <= '0;
      status_q  <= '0;
    end else begin
      calls_q <= calls_q + 2'(ready_i) - 2'(continued);
      done_q <= done_q + 2'(done_i) - 2'(continued);
      if (hit[Control] && low[0]) start_q <= 1'b1;
      else if (ready_i && !restart_q) start_q <= 1'b0;
      if (hit[Control] && write_mask[7]) restart_q <= low[7];
      if (ready_i) ready_q <= 1'b1;
      else if (read && s_axi_araddr_i[11:2] == 10'(Control)) ready_q <= 1'b0;
      if (hit[Gier] && write_mask[0]) enabled_q <= low[0];
      if (hit[Ier] && write_mask[0]) mask_q <= low[1:0];
      status_q <= (status_q ^ (hit[Isr] ? low[1:0] : 2'b00)) | ({ready_i, done_i} & mask_q);
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) s_axi_bvalid_o <= 1'b0;
    else if (write) s_axi_bvalid_o <= 1'b1;
    else if (s_axi_bready_i) s_axi_bvalid_o <= 1'b0;
  end

  // Reads.
  logic [31:0] value;
  logic [5:0]  read_word, counter;

  assign read            = s_axi_arvalid_i && s_axi_arready_o;
  assign s_axi_arready_o = !s_axi_rvalid_o;
  assign s_axi_rresp_o   = 2'b00;
  assign read_word       = s_axi_araddr_i[7:2];
  assign counter         = read_word - Counters;

  always_comb begin
    value = words_o[{read_word, 5'd0}+:32];
    if (read_word >= Counters && counter < 6'd10) begin
      value = counters_i[{counter[3:0], 5'd0}+:32];
    end
    case (read_word)
      Control: value = {22'd0, interrupt_o, 1'b0, restart_q, 3'd0, ready_q, calls_q == done_q && !start_q,
                        done_q != 0, start_q};
      Gier:    value = 32'(enabled_q);
      Ier:     value = 32'(mask_q);
      Isr:     value = 32'(status_q);
      default: ;
    endcase
    if (|s_axi_araddr_i[11:8]) value = '0;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      s_axi_rvalid_o <= 1'b0;
      s_axi_rdata_o  <= '0;
    end else if (read) begin
      s_axi_rvalid_o <= 1'b1;
      s_axi_rdata_o  <= value;
    end else if (s_axi_rready_i) begin
      s_axi_rvalid_o <= 1'b0;
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!ready_i || (start_o && !full_o)) else $fatal(1, "arguments taken without a start");
      assert (!done_i || done_q != calls_q) else $fatal(1, "a call ended that was never taken");
    end
  end
  initial assert (ArgumentWords[3:0] == 0 && CycleCounters % 8 == 0 && CycleCounters <= 'hd8);
`endif

endmodule
