// SPDX-License-Identifier: Apache-2.0

// Loads B into the store, block by block, unless the call's weights are resident.
//
// An entry of the store is Lanes rows (of k) of a tile's Columns columns. It is filled by chunks of
// Lanes columns of one row; a beat holds one chunk of 8-bit codes, two of 4-bit codes, four of
// 2-bit codes. The store is a ring: entries are written in order, and never over one that has not
// been freed.

module int8_load_b #(
  parameter int unsigned DataWidth   = 64,
  parameter int unsigned Lanes       = 8,     // DataWidth / 8
  parameter int unsigned Columns     = 64,    // a multiple of Lanes
  parameter int unsigned Entries     = 512,   // of the ring, a power of two
  parameter int unsigned BlockValues = 2048,
  parameter int unsigned BlockRows   = 64
) (
  input  logic                             clk_i,            // clock
  input  logic                             rst_ni,           // synchronous reset, active low
  input  int8_pkg::call_t                            call_i,           // the next call
  input  logic                             call_valid_i,     // call_i counts
  output logic                             call_ready_o,     // call_i is taken
  output logic                             request_valid_o,  // for axi_read_rows
  input  logic                             request_ready_i,
  output logic [63:0]                      address_o,
  output logic [20:0]                      rows_o,
  output logic [19:0]                      bytes_o,
  output logic [19:0]                      pitch_o,
  input  logic [DataWidth-1:0]             data_i,           // from axi_read_rows
  input  logic                             valid_i,
  output logic                             ready_o,
  output logic                             write_o,          // to the store: a chunk
  output logic [$clog2(Entries)-1:0]       entry_o,          // where
  output logic [$clog2(Lanes)-1:0]         lane_o,           // row of the entry
  output logic [$clog2(Columns)-1:0]       chunk_o,          // columns chunk_o * Lanes ...
  output logic [8*Lanes-1:0]               codes_o,          // its codes
  output logic [$clog2(Entries):0]         loaded_o,         // end of the loaded entries
  input  logic [$clog2(Entries):0]         freed_i           // start of those still needed
);

  localparam int unsigned LaneBits  = $clog2(Lanes);
  localparam int unsigned EntryBits = $clog2(Entries);
  localparam int unsigned ChunkBits = $clog2(Columns);

  // Requests.
  int8_pkg::block_t      block;
  logic        blocks_valid, busy_q, start, next;
  logic [3:0]  bits_q;
  logic [63:0] tile_q;    // address of the tile's first row
  logic [1:0]  shift;     // log2(8 / bits)
  logic [1:0]  offset_q;  // of the tile's first chunk in its beat

  assign shift        = bits_q[3] ? 2'd0 : bits_q[2] ? 2'd1 : 2'd2;
  assign call_ready_o = !busy_q;
  assign start        = call_valid_i && call_ready_o;

  function automatic logic [19:0] bytes(logic [16:0] codes, logic [1:0] log);
    bytes = (20'(codes) + (20'd1 << log) - 20'd1) >> log;
  endfunction

  logic [1:0] call_shift;
  assign call_shift = call_i.b_bits[3] ? 2'd0 : call_i.b_bits[2] ? 2'd1 : 2'd2;

  int8_blocks #(
    .Columns(Columns),
    .BlockValues(BlockValues),
    .BlockRows(BlockRows)
  ) i_blocks (
    .clk_i,
    .rst_ni,
    .start_i(start && !call_i.resident),
    .m_i    (call_i.m),
    .k_i    (call_i.k),
    .n_i    (call_i.n),
    .block_o(block),
    .valid_o(blocks_valid),
    .next_i (next)
  );

  logic filling_q;  // the block is asked for, its data are on the way
  logic filled;     // the block's last chunk is written

  assign request_valid_o = blocks_valid && !filling_q;
  assign rows_o          = 21'(block.values);
  assign bytes_o         = bytes(block.columns, shift);
  assign next            = filled;

  logic [63:0] next_tile;
  assign next_tile = tile_q + (64'(Columns) >> shift);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q    <= 1'b0;
      filling_q <= 1'b0;
    end else begin
      if (start && !call_i.resident) busy_q <= 1'b1;
      else if (filled && block.last) busy_q <= 1'b0;
      if (request_valid_o && request_ready_i) filling_q <= 1'b1;
      else if (filled) filling_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start) begin
      bits_q    <= call_i.b_bits;
      tile_q    <= call_i.b;
      address_o <= call_i.b;
      offset_q  <= '0;
      pitch_o   <= int8_pkg::pitch(bytes(call_i.n, call_shift));
    end else if (next) begin
      if (!block.last_k) begin
        address_o <= address_o + 64'(pitch_o) * 64'(BlockValues);
      end else if (!block.last_rows) begin
        address_o <= tile_q;
      end else begin
        address_o <= next_tile;
        tile_q    <= next_tile;
        offset_q  <= offset_q + 2'(Columns / Lanes);
      end
    end
  end

  // Data. part is the chunk's place in its beat.
  logic [16:0]          rows_left_q;
  logic [LaneBits-1:0]  lane_q;
  logic [ChunkBits-1:0] chunk_q, chunks;
  logic [1:0]           part_q, first_part;
  logic [EntryBits:0]   write_q;  // end of the entries that are written or being written
  logic                 room, write, row_ends, beat_ends, entry_ends;

  assign first_part = offset_q & ~(2'b11 << shift);
  assign chunks     = ChunkBits'((block.columns - 17'd1) >> LaneBits);  // less one
  assign room       = write_q - freed_i != (EntryBits + 1)'(Entries);
  assign write      = filling_q && valid_i && room;
  assign row_ends   = chunk_q == chunks;
  assign beat_ends  = row_ends || (part_q | (2'b11 << shift)) == 2'b11;
  assign filled     = write && row_ends && rows_left_q == 1;
  assign entry_ends = write && row_ends && (lane_q == '1 || rows_left_q == 1);
  assign ready_o    = write && beat_ends;

  always_ff @(posedge clk_i) begin
    if (request_valid_o) begin
      rows_left_q <= block.values;
      lane_q      <= '0;
      chunk_q     <= '0;
      part_q      <= first_part;
    end else if (write) begin
      chunk_q <= chunk_q + 1'b1;
      part_q  <= beat_ends ? '0 : part_q + 1'b1;
      if (row_ends) begin
        rows_left_q <= rows_left_q - 1'b1;
        lane_q      <= lane_q + 1'b1;
        chunk_q     <= '0;
        part_q      <= first_part;
      end
    end
  end

  // Unpacked codes, one cycle before the store.
  logic [8*Lanes-1:0] codes;
  always_comb begin
    for (int i = 0; i < Lanes; i++) begin
      case (shift)
        2'd0:    codes[8*i+:8] = data_i[8*i+:8];
        2'd1:    codes[8*i+:8] = 8'(signed'(data_i[4*(Lanes*part_q[0]+i)+:4]));
        default: codes[8*i+:8] = 8'(signed'(data_i[2*(Lanes*part_q+i)+:2]));
      endcase
    end
  end

  always_ff @(posedge clk_i) begin
    entry_o <= write_q[EntryBits-1:0];
    lane_o  <= lane_q;
    chunk_o <= chunk_q;
    codes_o <= codes;
  end

  // An entry counts as loaded once the store has its last chunk.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_o  <= 1'b0;
      write_q  <= '0;
      loaded_o <= '0;
    end else begin
      write_o  <= write;
      loaded_o <= write_q;
      if (entry_ends) write_q <= write_q + 1'b1;
    end
  end

endmodule
