// SPDX-License-Identifier: Apache-2.0

// Turns finished sums into results, Lanes columns at once: fl(sum * scale) where B is int8, then
// + bias. Holds the columns' scale and bias.

module fp32_epilogue #(
  parameter bit          Int8Weights  = 1'b0,  // with scale
  parameter int unsigned PanelColumns = 64,
  parameter int unsigned StorePanels  = 16,    // of column parameters, a power of two
  parameter int unsigned Lanes        = 2,
  parameter int unsigned Records      = 1,     // written at once, divides Lanes
  localparam int unsigned PanelBits   = $clog2(StorePanels),
  localparam int unsigned IndexBits   = $clog2(PanelColumns),
  localparam int unsigned LaneBits    = $clog2(Lanes)
) (
  input  logic                                    clk_i,            // clock
  input  logic                                    rst_ni,           // synchronous reset, active low
  input  logic                                    write_i,          // write Records records
  input  logic [PanelBits+IndexBits-1:0]          write_address_i,  // panel and first column
  input  logic [Records*32-1:0]                   bias_i,
  input  logic [Records*32-1:0]                   scale_i,
  input  logic [PanelBits+IndexBits-LaneBits-1:0] read_address_i,   // of Lanes columns, 3 cycles
                                                                    // before their sums
  input  logic [Lanes*32-1:0]                     sums_i,           // fp32
  input  logic                                    valid_i,          // sums_i counts
  output logic [Lanes*32-1:0]                     results_o,        // fp32
  output logic                                    valid_o           // results_o counts
);

  localparam int unsigned Scaling = Int8Weights ? fp32_pkg::MultiplyLatency : 0;
  localparam int unsigned Latency = Scaling + fp32_pkg::AddLatency;
  localparam int unsigned Width   = Int8Weights ? 64 : 32;

  logic [Lanes-1:0]       write;
  logic [Lanes*Width-1:0] records, parameters, parameters_q;

  always_comb begin
    for (int unsigned l = 0; l < Lanes; l++) begin
      write[l]   = write_i && write_address_i[LaneBits-1:0] == LaneBits'(l - l % Records);
      records[Width*l+:Width] = Width'({scale_i[32*(l%Records)+:32], bias_i[32*(l%Records)+:32]});
    end
  end

  fp32_block_ram #(
    .PartWidth(Width),
    .Parts    (Lanes),
    .Depth    (StorePanels * PanelColumns / Lanes)
  ) i_store (
    .clk_i,
    .write_i        (write),
    .write_address_i(write_address_i[PanelBits+IndexBits-1:LaneBits]),
    .write_data_i   (records),
    .read_address_i,
    .read_data_o    (parameters)
  );

  always_ff @(posedge clk_i) parameters_q <= parameters;

  for (genvar l = 0; l < Lanes; l++) begin : gen_lane
    fp32_pkg::number_t sum, scaled, bias, result;
    logic [31:0]       bias_bits;

    fp32_unpack i_unpack_sum (
      .bits_i  (sums_i[32*l+:32]),
      .number_o(sum)
    );

    if (Int8Weights) begin : gen_scale
      fp32_pkg::number_t scale;

      fp32_unpack i_unpack_scale (
        .bits_i  (parameters_q[Width*l+32+:32]),
        .number_o(scale)
      );

      fp32_multiply i_multiply (
        .clk_i,
        .a_i      (sum),
        .b_i      (scale),
        .product_o(scaled)
      );

      fp32_delay #(
        .Width (32),
        .Cycles(Scaling)
      ) i_delay (
        .clk_i,
        .data_i(parameters_q[Width*l+:32]),
        .data_o(bias_bits)
      );
    end else begin : gen_plain
      assign scaled    = sum;
      assign bias_bits = parameters_q[Width*l+:32];
    end

    fp32_unpack i_unpack_bias (
      .bits_i  (bias_bits),
      .number_o(bias)
    );

    fp32_add i_add (
      .clk_i,
      .a_i  (scaled),
      .b_i  (bias),
      .sum_o(result)
    );

    fp32_pack i_pack (
      .number_i(result),
      .bits_o  (results_o[32*l+:32])
    );
  end

  logic [Latency-1:0] valid_q;

  always_ff @(posedge clk_i) valid_q <= rst_ni ? {valid_q[Latency-2:0], valid_i} : '0;

  assign valid_o = valid_q[Latency-1];

endmodule
