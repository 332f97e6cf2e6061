// SPDX-License-Identifier: Apache-2.0

// Loads B into its store, unless it is there: panel by panel of columns, once each, or again for
// each row block where B is streamed. A row of a panel is Interleave groups of columns; Unit
// columns are written at once. Codes of 4 and 2 bits become int8 here.

module fp32_load_b #(
  parameter int unsigned Rows      = 8,     // of a tile
  parameter int unsigned Columns   = 8,     // of a group
  parameter int unsigned StoreRows = 1024,  // of B, a power of two
  parameter int unsigned DataWidth = 64,    // of a beat
  parameter int unsigned Width     = 8,     // of an element in the store: 8 or 32
  parameter int unsigned Unit      = 8,     // divides Columns; Unit * Width divides DataWidth
  localparam int unsigned RowBits  = $clog2(StoreRows)
) (
  input  logic                    clk_i,            // clock
  input  logic                    rst_ni,           // synchronous reset, active low
  input  fp32_pkg::call_t         call_i,           // a call
  input  logic                    call_valid_i,     // waits
  output logic                    call_taken_o,     // and is taken
  output logic                    request_valid_o,  // read these rows
  input  logic                    request_ready_i,  // it is accepted
  output logic [63:0]             address_o,        // of the first
  output logic [16:0]             rows_o,
  output logic [19:0]             bytes_o,          // of a row
  output logic [19:0]             pitch_o,          // from row to row
  input  logic [DataWidth-1:0]    data_i,           // a beat
  input  logic                    valid_i,          // is there
  output logic                    ready_o,          // and taken
  input  logic [RowBits:0]        free_i,           // rows no longer needed
  output logic [RowBits:0]        loaded_o,         // rows ever loaded
  output logic [Columns/Unit-1:0] write_o,          // write to this part of a group
  output logic [RowBits+2:0]      write_address_o,  // row and group
  output logic [Width*Unit-1:0]   write_data_o      // this
);

  localparam int unsigned Panel     = Columns * fp32_pkg::Interleave;
  localparam int unsigned BlockRows = Rows * fp32_pkg::Tiles;  // of C
  localparam int unsigned Chunk     = StoreRows / 2;
  localparam int unsigned Units     = Panel / Unit;  // of a row
  localparam int unsigned UnitBits  = $clog2(Units);
  localparam int unsigned Parts     = 4 * DataWidth / (Unit * Width);  // 2-bit units in a beat
  localparam int unsigned PartBits  = $clog2(Parts);

  // bytes of so many elements; log: of 8 / bits of an element
  function automatic logic [19:0] bytes(input logic [16:0] elements, input logic [1:0] log);
    if (Width == 32) bytes = {1'b0, elements, 2'b00};
    else bytes = (20'(elements) + (20'd1 << log) - 20'd1) >> log;
  endfunction

  logic [1:0] call_log, log_q;
  assign call_log = Width == 32 || call_i.b_bits[3] ? 2'd0 : call_i.b_bits[2] ? 2'd1 : 2'd2;

  // the place in B, and in C where B is streamed
  logic        active_q, asked_q, streamed_q;
  logic [63:0] panel_q;
  logic [16:0] n_q, k_q, all_k_q, columns;
  logic [20:0] m_q, all_m_q;
  logic        last_chunk, last_block, last_panel, filled;

  assign call_taken_o    = call_valid_i && !active_q;
  assign request_valid_o = active_q && !asked_q;
  assign columns         = last_panel ? n_q : 17'(Panel);
  assign rows_o          = last_chunk ? k_q : 17'(Chunk);
  assign bytes_o         = bytes(columns, log_q);
  assign last_chunk      = !streamed_q || k_q <= 17'(Chunk);
  assign last_block      = !streamed_q || m_q <= 21'(BlockRows);
  assign last_panel      = n_q <= 17'(Panel);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q <= 1'b0;
      asked_q  <= 1'b0;
    end else begin
      if (call_taken_o) active_q <= !call_i.resident;
      else if (filled && last_chunk && last_block && last_panel) active_q <= 1'b0;
      if (request_valid_o && request_ready_i) asked_q <= 1'b1;
      else if (filled) asked_q <= 1'b0;
    end
  end

  logic [63:0]         next_panel;
  logic [PartBits-1:0] first_part_q;  // of a row in its beat
  logic [PartBits-1:0] part_mask;     // of the parts that a beat has

  assign next_panel = panel_q + 64'(bytes(17'(Panel), log_q));
  assign part_mask  = log_q == 2'd0 ? PartBits'(Parts / 4 - 1)
                                    : log_q == 2'd1 ? PartBits'(Parts / 2 - 1) : '1;

  always_ff @(posedge clk_i) begin
    if (filled) begin
      k_q       <= k_q - 17'(Chunk);
      address_o <= address_o + 64'(pitch_o) * 64'(Chunk);
      if (last_chunk) begin
        k_q       <= all_k_q;
        m_q       <= m_q - 21'(BlockRows);
        address_o <= panel_q;
        if (last_block) begin
          m_q          <= all_m_q;
          n_q          <= n_q - 17'(Panel);
          panel_q      <= next_panel;
          address_o    <= next_panel;
          first_part_q <= (first_part_q + PartBits'(Units)) & part_mask;
        end
      end
    end
    if (call_taken_o) begin
      log_q        <= call_log;
      streamed_q   <= call_i.streamed;
      panel_q      <= call_i.b;
      address_o    <= call_i.b;
      pitch_o      <= (bytes(call_i.n, call_log) + 20'd63) & ~20'd63;
      n_q          <= call_i.n;
      k_q          <= call_i.k;
      all_k_q      <= call_i.k;
      m_q          <= call_i.m;
      all_m_q      <= call_i.m;
      first_part_q <= '0;
    end
  end

  // the beats of what was asked for
  logic [16:0]         rows_q;  // left
  logic [UnitBits-1:0] unit_q, last_unit;
  logic [PartBits-1:0] part_q;
  logic [RowBits:0]    row_q;
  logic                room, write, row_ends, beat_ends;

  assign last_unit = UnitBits'((columns - 17'd1) / 17'(Unit));
  assign room      = row_q - free_i != (RowBits + 1)'(StoreRows);
  assign write     = asked_q && valid_i && room;
  assign row_ends  = unit_q == last_unit;
  assign beat_ends = row_ends || part_q == part_mask;
  assign filled    = write && row_ends && rows_q == 17'd1;
  assign ready_o   = write && beat_ends;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      row_q    <= '0;
      loaded_o <= '0;
    end else begin
      if (write && row_ends) row_q <= row_q + 1'b1;
      loaded_o <= row_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (request_valid_o) begin
      rows_q <= rows_o;
      unit_q <= '0;
      part_q <= first_part_q;
    end else if (write) begin
      unit_q <= row_ends ? '0 : unit_q + 1'b1;
      part_q <= row_ends ? first_part_q : beat_ends ? '0 : part_q + 1'b1;
      if (row_ends) rows_q <= rows_q - 1'b1;
    end
  end

  // one cycle before the store
  logic [Width*Unit-1:0] whole, unpacked;
  logic [4*Unit-1:0]     nibbles;
  logic [2*Unit-1:0]     pairs;

  assign whole   = data_i[Width*Unit*(32'(part_q) % (Parts / 4))+:Width*Unit];
  assign nibbles = data_i[4*Unit*(32'(part_q) % (Width == 8 ? Parts / 2 : 1))+:4*Unit];
  assign pairs   = data_i[2*Unit*(32'(part_q) % (Width == 8 ? Parts : 1))+:2*Unit];

  always_comb begin
    unpacked = whole;
    if (Width == 8) begin
      for (int unsigned i = 0; i < Unit; i++) begin
        if (log_q == 2'd1) unpacked[Width*i+:8] = {{4{nibbles[4*i+3]}}, nibbles[4*i+:4]};
        else if (log_q == 2'd2) unpacked[Width*i+:8] = {{6{pairs[2*i+1]}}, pairs[2*i+:2]};
      end
    end
  end

  if (Columns == Unit) begin : gen_groups
    always_ff @(posedge clk_i) begin
      write_o         <= rst_ni && write;
      write_address_o <= {row_q[RowBits-1:0], unit_q};
    end
  end else begin : gen_parts
    localparam int unsigned Bits = $clog2(Columns / Unit);
    always_ff @(posedge clk_i) begin
      write_o                    <= '0;
      write_o[unit_q[Bits-1:0]]  <= rst_ni && write;
      write_address_o            <= {row_q[RowBits-1:0], unit_q[UnitBits-1:Bits]};
    end
  end

  always_ff @(posedge clk_i) write_data_o <= unpacked;

endmodule
