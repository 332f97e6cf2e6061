// SPDX-License-Identifier: Apache-2.0

// Loads the column parameters, records of four words of which three count, unless they are there.

module fp32_load_columns #(
  parameter int unsigned PanelColumns = 64,
  parameter int unsigned StorePanels  = 16,  // a power of two
  parameter int unsigned DataWidth    = 64,  // of a beat
  localparam int unsigned PanelBits   = $clog2(StorePanels),
  localparam int unsigned IndexBits   = $clog2(PanelColumns),
  localparam int unsigned Records     = DataWidth < 128 ? 1 : DataWidth / 128  // written at once
) (
  input  logic                           clk_i,            // clock
  input  logic                           rst_ni,           // synchronous reset, active low
  input  fp32_pkg::call_t                call_i,           // a call
  input  logic                           call_valid_i,     // waits
  output logic                           call_taken_o,     // and is taken
  output logic                           request_valid_o,  // read one row
  input  logic                           request_ready_i,  // it is accepted
  output logic [63:0]                    address_o,        // of it
  output logic [20:0]                    bytes_o,
  input  logic [DataWidth-1:0]           data_i,           // a beat
  input  logic                           valid_i,          // is there
  output logic                           ready_o,          // and taken
  input  logic [PanelBits:0]             free_i,           // panels no longer needed
  output logic [PanelBits:0]             loaded_o,         // panels ever loaded
  output logic                           write_o,          // write Records records
  output logic [PanelBits+IndexBits-1:0] write_address_o,  // panel and first column
  output logic [Records*32-1:0]          bias_o,
  output logic [Records*32-1:0]          scale_o,
  output logic [Records*8-1:0]           zero_o
);

  logic                 active_q, asked_q, room, whole, write, panel_ends, ends;
  logic [16:0]          left_q;   // columns
  logic [IndexBits-1:0] index_q;  // of the column in its panel
  logic [PanelBits:0]   panel_q;

  assign call_taken_o    = call_valid_i && !active_q;
  assign request_valid_o = active_q && !asked_q;
  assign room            = panel_q - free_i != (PanelBits + 1)'(StorePanels);
  assign write           = whole && valid_i && ready_o;
  assign ends            = left_q <= 17'(Records);
  assign panel_ends      = ends || index_q == IndexBits'(PanelColumns - Records);
  assign ready_o         = active_q && asked_q && room;

  // A beat of 64 bits is half a record: bias and scale, then the zero point.
  logic [Records*96-1:0] records;

  if (DataWidth == 64) begin : gen_halves
    logic        second_q;
    logic [63:0] first_q;
    assign whole   = second_q;
    assign records = {data_i[31:0], first_q};
    always_ff @(posedge clk_i) begin
      if (!rst_ni || call_taken_o) second_q <= 1'b0;
      else if (valid_i && ready_o) second_q <= !second_q;
    end
    always_ff @(posedge clk_i) begin
      if (!second_q) first_q <= data_i;
    end
  end else begin : gen_wholes
    assign whole = 1'b1;
    for (genvar r = 0; r < Records; r++) begin : gen_record
      assign records[96*r+:96] = data_i[128*r+:96];
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q <= 1'b0;
      asked_q  <= 1'b0;
      panel_q  <= '0;
      loaded_o <= '0;
      write_o  <= 1'b0;
    end else begin
      if (call_taken_o) active_q <= !call_i.resident;
      else if (write && ends) active_q <= 1'b0;
      if (request_valid_o) asked_q <= request_ready_i;
      else if (write && ends) asked_q <= 1'b0;
      if (write && panel_ends) panel_q <= panel_q + 1'b1;
      loaded_o <= panel_q;
      write_o  <= write;
    end
  end

  always_ff @(posedge clk_i) begin
    if (call_taken_o) begin
      address_o <= call_i.columns;
      bytes_o   <= {call_i.n, 4'd0};
      left_q    <= call_i.n;
      index_q   <= '0;
    end else if (write) begin
      left_q  <= left_q - 17'(Records);
      index_q <= panel_ends ? '0 : index_q + IndexBits'(Records);
    end
  end

  always_ff @(posedge clk_i) begin
    write_address_o <= {panel_q[PanelBits-1:0], index_q};
    for (int unsigned r = 0; r < Records; r++) begin
      bias_o[32*r+:32]  <= records[96*r+:32];
      scale_o[32*r+:32] <= records[96*r+32+:32];
      zero_o[8*r+:8]    <= records[96*r+64+:8];
    end
  end

endmodule
