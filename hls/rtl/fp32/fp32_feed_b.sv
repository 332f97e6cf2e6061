// SPDX-License-Identifier: Apache-2.0

// Holds B, and the zero points of its columns if it is int8; gives the array the elements of each
// step in the form its multipliers take. Latency 4.

module fp32_feed_b #(
  parameter bit          Int8Weights = 1'b0,  // B is int8, else fp32
  parameter int unsigned BWidth      = 35,    // of an element for the array
  parameter int unsigned Columns     = 8,     // of a group
  parameter int unsigned Width       = 32,    // of an element in the store
  parameter int unsigned Unit        = 2,     // columns written at once
  parameter int unsigned StoreRows   = 1024,  // of B in the store
  parameter int unsigned StorePanels = 16,    // of zero points
  parameter int unsigned Records     = 1,     // zero points written at once
  localparam int unsigned RowBits    = $clog2(StoreRows),
  localparam int unsigned PanelBits  = $clog2(StorePanels),
  localparam int unsigned IndexBits  = $clog2(Columns) + 3
) (
  input  logic                           clk_i,            // clock
  input  logic [Columns/Unit-1:0]        write_i,          // write to this part of a group
  input  logic [RowBits+2:0]             write_address_i,  // row and group
  input  logic [Width*Unit-1:0]          write_data_i,     // this
  input  logic                           zero_write_i,     // write zero points
  input  logic [PanelBits+IndexBits-1:0] zero_address_i,   // panel and first column
  input  logic [Records*8-1:0]           zero_data_i,      // these
  input  fp32_pkg::step_t                step_i,           // a step
  input  logic [RowBits-1:0]             row_i,            // its row of B
  input  logic [PanelBits-1:0]           panel_i,          // its panel
  output fp32_pkg::step_t                step_o,           // the step
  output logic [Columns*BWidth-1:0]      b_o               // its elements
);

  localparam int unsigned Latency = 4;

  logic [Columns*Width-1:0] elements;

  fp32_block_ram #(
    .PartWidth(Width * Unit),
    .Parts    (Columns / Unit),
    .Depth    (StoreRows * fp32_pkg::Interleave)
  ) i_store (
    .clk_i,
    .write_i,
    .write_address_i,
    .write_data_i   ({Columns / Unit{write_data_i}}),
    .read_address_i ({row_i, step_i.group}),
    .read_data_o    (elements)
  );

  if (Int8Weights) begin : gen_weights
    localparam int unsigned LaneBits = $clog2(Columns);

    logic [Columns-1:0]   zero_write;
    logic [Columns*8-1:0] zero_data, zeros;

    always_comb begin
      for (int unsigned c = 0; c < Columns; c++) begin
        zero_write[c]     = zero_write_i &&
                            zero_address_i[LaneBits-1:0] == LaneBits'(c - c % Records);
        zero_data[8*c+:8] = zero_data_i[8*(c%Records)+:8];
      end
    end

    fp32_block_ram #(
      .PartWidth(8),
      .Parts    (Columns),
      .Depth    (StorePanels * fp32_pkg::Interleave)
    ) i_zeros (
      .clk_i,
      .write_i        (zero_write),
      .write_address_i(zero_address_i[PanelBits+IndexBits-1:LaneBits]),
      .write_data_i   (zero_data),
      .read_address_i ({panel_i, step_i.group}),
      .read_data_o    (zeros)
    );

    for (genvar c = 0; c < Columns; c++) begin : gen_weight
      fp32_weight i_weight (
        .clk_i,
        .code_i  (elements[8*c+:8]),
        .zero_i  (zeros[8*c+:8]),
        .weight_o(b_o[BWidth*c+:BWidth])
      );
    end
  end else begin : gen_numbers
    logic unused_zeros;
    assign unused_zeros = &{1'b0, zero_write_i, zero_address_i, zero_data_i, panel_i};

    for (genvar c = 0; c < Columns; c++) begin : gen_number
      fp32_pkg::number_t number, number_q, number_q2;

      fp32_unpack i_unpack (
        .bits_i  (elements[32*c+:32]),
        .number_o(number)
      );

      always_ff @(posedge clk_i) begin
        number_q  <= number;
        number_q2 <= number_q;
      end

      assign b_o[BWidth*c+:BWidth] = number_q2;
    end
  end

  fp32_delay #(
    .Width (fp32_pkg::StepBits),
    .Cycles(Latency)
  ) i_delay (
    .clk_i,
    .data_i(step_i),
    .data_o(step_o)
  );

endmodule
