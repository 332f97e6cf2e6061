// SPDX-License-Identifier: Apache-2.0

// Loads the column parameters of a call, records of 16 bytes, unless they are resident. A slot of
// the store holds a tile's; slots are a ring like the entries of B.

module int8_load_columns #(
  parameter int unsigned DataWidth = 64,
  parameter int unsigned Columns   = 64,  // of a tile
  parameter int unsigned Drain     = 4,   // columns that are finished at once; >= DataWidth / 128
  parameter int unsigned Tiles     = 32   // slots, a power of two
) (
  input  logic                                 clk_i,            // clock
  input  logic                                 rst_ni,           // synchronous reset, active low
  input  int8_pkg::call_t                                call_i,           // the next call
  input  logic                                 call_valid_i,     // call_i counts
  output logic                                 call_ready_o,     // call_i is taken
  output logic                                 request_valid_o,  // for axi_read_rows: one row
  input  logic                                 request_ready_i,
  output logic [63:0]                          address_o,
  output logic [20:0]                          bytes_o,
  input  logic [DataWidth-1:0]                 data_i,           // from axi_read_rows
  input  logic                                 valid_i,
  output logic                                 ready_o,
  output logic [Drain-1:0]                     write_o,          // to the store, by lane
  output logic [$clog2(Tiles*Columns/Drain)-1:0] group_o,        // where
  output logic [Drain*int8_pkg::ColumnBits-1:0] records_o,   // int8_pkg::column_t of each lane
  output logic [$clog2(Tiles):0]               loaded_o,         // end of the loaded slots
  input  logic [$clog2(Tiles):0]               freed_i           // start of those still needed
);

  localparam int unsigned PerBeat   = DataWidth < 128 ? 1 : DataWidth / 128;  // records
  localparam int unsigned TileBits  = $clog2(Tiles);
  localparam int unsigned RecordBits = int8_pkg::ColumnBits;
  localparam int unsigned IndexBits = $clog2(Columns);

  logic busy_q, asked_q, start, whole, write, last, tile_ends, room;
  logic [16:0] left_q;            // columns
  logic [IndexBits-1:0] index_q;  // of the column in its tile
  logic [TileBits:0] write_q;
  logic [96*PerBeat-1:0] records;  // words 0 to 2 of each

  assign call_ready_o    = !busy_q;
  assign start           = call_valid_i && call_ready_o && !call_i.resident;
  assign request_valid_o = busy_q && !asked_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q  <= 1'b0;
      asked_q <= 1'b0;
    end else begin
      if (start) busy_q <= 1'b1;
      else if (write && last) busy_q <= 1'b0;
      if (start) asked_q <= 1'b0;
      else if (request_ready_i) asked_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start) begin
      address_o <= call_i.columns;
      bytes_o   <= {call_i.n, 4'd0};
    end
  end

  // A narrow bus brings the first half of a record (bias and requantization), then the second.
  if (DataWidth == 64) begin : gen_halves
    logic        second_q;
    logic [63:0] first_q;
    assign whole   = valid_i && second_q;
    assign records = {data_i[31:0], first_q};
    assign ready_o = busy_q && asked_q && (!second_q || room);
    always_ff @(posedge clk_i) begin
      if (!rst_ni || start) second_q <= 1'b0;
      else if (valid_i && ready_o) second_q <= !second_q;
    end
    always_ff @(posedge clk_i) begin
      if (!second_q) first_q <= data_i;
    end
  end else begin : gen_whole
    assign whole   = valid_i;
    assign ready_o = busy_q && asked_q && room;
    for (genvar r = 0; r < PerBeat; r++) begin : gen_record
      assign records[96*r+:96] = data_i[128*r+:96];
    end
  end

  assign room      = write_q - freed_i != (TileBits + 1)'(Tiles);
  assign write     = whole && ready_o;
  assign last      = left_q <= 17'(PerBeat);
  assign tile_ends = last || index_q == IndexBits'(Columns - PerBeat);

  always_ff @(posedge clk_i) begin
    if (start) begin
      left_q  <= call_i.n;
      index_q <= '0;
    end else if (write) begin
      left_q  <= left_q - 17'(PerBeat);
      index_q <= tile_ends ? '0 : index_q + IndexBits'(PerBeat);
    end
  end

  always_ff @(posedge clk_i) begin
    group_o <= {write_q[TileBits-1:0], index_q[IndexBits-1:$clog2(Drain)]};
    for (int l = 0; l < Drain; l++) begin
      records_o[RecordBits*l+:RecordBits] <= {records[96*(l%PerBeat)+64+:8],   // zero point
                                              records[96*(l%PerBeat)+:62]};  // multiplier, bias
      write_o[l] <= rst_ni && write &&
                    index_q[$clog2(Drain)-1:0] == $clog2(Drain)'(l - l % PerBeat);
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q  <= '0;
      loaded_o <= '0;
    end else begin
      loaded_o <= write_q;
      if (write && tile_ends) write_q <= write_q + 1'b1;
    end
  end

endmodule
