// SPDX-License-Identifier: Apache-2.0

// Decides, cycle by cycle, whether the array gets the next word: A must be there, the entry of B
// must be loaded, and at the end of a row the drain must be free, the column parameters loaded and
// the result queue have room for the row.
//
// It also knows which part of the stores is still needed. Weights that stay after a call are freed
// when a call with others begins, other weights block by block.

module int8_sequence #(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Columns     = 64,
  parameter int unsigned Drain       = 4,
  parameter int unsigned Entries     = 512,
  parameter int unsigned Tiles       = 32,
  parameter int unsigned BlockValues = 2048,
  parameter int unsigned BlockRows   = 64,
  parameter int unsigned ResultDepth = 128,
  parameter int unsigned Lag         = 64   // cycles until the last group has read what a word needs
) (
  input  logic                       clk_i,             // clock
  input  logic                       rst_ni,            // synchronous reset, active low
  input  int8_pkg::call_t                      call_i,            // the next call
  input  logic                       call_valid_i,      // call_i counts
  output logic                       call_ready_o,      // call_i is taken
  input  logic                       a_valid_i,         // a word of A is there
  input  logic [$clog2(Entries):0]   entries_loaded_i,  // end of the loaded entries of B
  output logic [$clog2(Entries):0]   entries_freed_o,   // start of those still needed
  input  logic [$clog2(Tiles):0]     tiles_loaded_i,    // the same for column parameters
  output logic [$clog2(Tiles):0]     tiles_freed_o,
  input  logic                       result_taken_i,    // a group leaves the result queue
  output logic                       word_o,            // the array gets the word
  output logic [Lanes-1:0]           mask_o,            // its lanes that exist
  output logic [$clog2(Entries)-1:0] entry_o,           // its entry of B
  output logic                       first_o,           // it begins a row
  output logic                       last_o,            // it ends a row
  output int8_pkg::row_t                       row_o,             // what follows the row
  output logic                       end_o,             // it ends the call
  output logic                       stalled_a_o,       // no word, for want of A
  output logic                       stalled_b_o,       // of B or column parameters
  output logic                       stalled_c_o        // of room for results
);

  localparam int unsigned Groups    = Columns / Drain;
  localparam int unsigned EntryBits = $clog2(Entries);
  localparam int unsigned TileBits  = $clog2(Tiles);
  localparam int unsigned RoomBits  = $clog2(ResultDepth);
  localparam int unsigned GroupBits = $clog2(Groups);

  int8_pkg::block_t block;
  int8_pkg::call_t  call_q;
  logic   active, start, next;

  assign call_ready_o = !active;
  assign start        = call_valid_i && call_ready_o;

  int8_blocks #(
    .Columns(Columns),
    .BlockValues(BlockValues),
    .BlockRows(BlockRows)
  ) i_blocks (
    .clk_i,
    .rst_ni,
    .start_i(start),
    .m_i    (call_i.m),
    .k_i    (call_i.k),
    .n_i    (call_i.n),
    .block_o(block),
    .valid_o(active),
    .next_i (next)
  );

  always_ff @(posedge clk_i) begin
    if (start) call_q <= call_i;
  end

  // Positions in the block.
  logic [16:0]        values_q;  // of k left in the row, while not fresh_q: then all of them
  logic               fresh_q;   // at the begin of a row
  logic [20:0]        row_q;
  logic [16:0]        values;
  logic               row_ends, block_ends;
  assign values     = fresh_q ? block.values : values_q;
  assign row_ends   = values <= 17'(Lanes);
  assign block_ends = row_ends && row_q == block.rows - 1'b1;

  always_ff @(posedge clk_i) begin
    if (start) begin
      fresh_q <= 1'b1;
      row_q   <= '0;
    end else if (word_o) begin
      fresh_q  <= row_ends;
      values_q <= values - 17'(Lanes);
      if (row_ends) row_q <= block_ends ? '0 : row_q + 1'b1;
    end
  end

  // Positions in the stores.
  logic [EntryBits:0] entry_q, block_entry_q, call_entry_q;
  logic [TileBits:0]  tile_q, call_tile_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      entry_q       <= '0;
      block_entry_q <= '0;
      call_entry_q  <= '0;
      tile_q        <= '0;
      call_tile_q   <= '0;
    end else if (start) begin
      if (call_i.resident) begin
        entry_q       <= call_entry_q;
        block_entry_q <= call_entry_q;
        tile_q        <= call_tile_q;
      end else begin
        call_entry_q <= block_entry_q;
        call_tile_q  <= tile_q;
      end
    end else if (word_o) begin
      entry_q <= row_ends && !block_ends ? block_entry_q : entry_q + 1'b1;
      if (block_ends) block_entry_q <= entry_q + 1'b1;
      if (block_ends && block.last_k && block.last_rows) tile_q <= tile_q + 1'b1;
    end
  end

  // What is freed is told Lag cycles later, when no group reads it any more.
  logic [Lag*(EntryBits+1)-1:0] entries_late_q;
  logic [Lag*(TileBits+1)-1:0]  tiles_late_q;
  always_ff @(posedge clk_i) begin
    entries_late_q <= {entries_late_q[(Lag-1)*(EntryBits+1)-1:0],
                       call_q.kept ? call_entry_q : block_entry_q};
    tiles_late_q   <= {tiles_late_q[(Lag-1)*(TileBits+1)-1:0], call_q.kept ? call_tile_q : tile_q};
  end

  // The first values out of the delays are those of the reset.
  logic [$clog2(Lag):0] warm_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) warm_q <= '0;
    else if (warm_q != ($clog2(Lag) + 1)'(Lag)) warm_q <= warm_q + 1'b1;
  end
  assign entries_freed_o = warm_q == ($clog2(Lag) + 1)'(Lag) ? entries_late_q[(Lag-1)*(EntryBits+1)+:EntryBits+1] : '0;
  assign tiles_freed_o   = warm_q == ($clog2(Lag) + 1)'(Lag) ? tiles_late_q[(Lag-1)*(TileBits+1)+:TileBits+1] : '0;

  // The end of the pipeline: one row in Groups cycles, and its groups' places in the queue.
  logic [GroupBits:0] spacing_q;  // cycles until the next row may end
  logic [RoomBits:0]  room_q, groups;
  logic               have_b, have_room;

  assign groups       = (RoomBits + 1)'((block.columns + 17'(Drain - 1)) / 17'(Drain));
  assign have_b       = entries_loaded_i != entry_q && (!row_ends || tiles_loaded_i != tile_q);
  assign have_room    = !row_ends || (spacing_q == 0 && (!block.last_k || room_q >= groups));
  assign word_o       = active && a_valid_i && have_b && have_room;
  assign stalled_a_o  = active && !a_valid_i;
  assign stalled_b_o  = active && a_valid_i && !have_b;
  assign stalled_c_o  = active && a_valid_i && have_b && !have_room;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      spacing_q <= '0;
      room_q    <= (RoomBits + 1)'(ResultDepth);
    end else begin
      if (word_o && row_ends) spacing_q <= (GroupBits + 1)'(Groups - 1);
      else if (spacing_q != 0) spacing_q <= spacing_q - 1'b1;
      room_q <= room_q - (word_o && row_ends && block.last_k ? groups : '0) +
                (RoomBits + 1)'(result_taken_i);
    end
  end

  assign next    = word_o && block_ends;
  assign end_o   = next && block.last;
  assign first_o = fresh_q;
  assign last_o  = row_ends;
  assign entry_o = entry_q[EntryBits-1:0];

  always_comb begin
    for (int l = 0; l < Lanes; l++) mask_o[l] = values > 17'(l);
  end

  assign row_o.first_k   = block.first_k;
  assign row_o.last_k    = block.last_k;
  assign row_o.slot      = 16'(tile_q[TileBits-1:0]);
  assign row_o.partial   = 16'(row_q[$clog2(BlockRows)-1:0]);
  assign row_o.columns   = block.columns;
  assign row_o.raw       = call_q.raw;
  assign row_o.zero_c    = call_q.zero_c;
  assign row_o.clamp_min = call_q.clamp_min;
  assign row_o.clamp_max = call_q.clamp_max;

endmodule
