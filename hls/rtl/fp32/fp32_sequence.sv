// SPDX-License-Identifier: Apache-2.0

// Tells the array what to do, cycle by cycle: for each tile of the walk, for each k, each group of
// columns. A k waits until its row of B, its block of A and the panel's column parameters are
// there, and the last one until there is room for results.
//
// The stores of B and of the columns are rings. Pointers count the rows (panels) ever loaded,
// modulo twice the ring's size; rows before b_free_o may be overwritten. A row block reads its
// panel again, and so does a call whose weights are resident.

module fp32_sequence #(
  parameter int unsigned Rows         = 8,    // of a tile
  parameter int unsigned PanelColumns = 64,   // of a tile
  parameter int unsigned StoreRows    = 1024, // of B in the store, a power of two
  parameter int unsigned StorePanels  = 16,   // of column parameters, a power of two
  parameter int unsigned ResultTiles  = 4,    // for which there is room
  parameter int unsigned WordLanes    = 2,    // elements in a word of A
  localparam int unsigned RowBits     = $clog2(StoreRows),
  localparam int unsigned PanelBits   = $clog2(StorePanels)
) (
  input  logic                 clk_i,             // clock
  input  logic                 rst_ni,            // synchronous reset, active low
  input  fp32_pkg::call_t      call_i,            // a call
  input  logic                 call_valid_i,      // waits
  output logic                 call_taken_o,      // and is taken
  input  logic                 a_filled_i,        // a block of A is in the buffers (pulse)
  input  logic [RowBits:0]     b_loaded_i,        // rows of B ever loaded
  output logic [RowBits:0]     b_free_o,          // rows of B no longer needed
  input  logic [PanelBits:0]   columns_loaded_i,  // panels whose column parameters are loaded
  input  logic                 result_taken_i,    // the results of a tile are gone (pulse)
  output fp32_pkg::step_t      step_o,            // for the array
  output logic [RowBits-1:0]   b_row_o,           // with it: its row of B in the store
  output logic [PanelBits-1:0] panel_o,           // with it: its panel of column parameters
  output logic                 call_end_o,        // a call's last step is under way (pulse)
  output logic                 computing_o,       // a step is under way
  output logic                 stalled_a_o,       // waits for A
  output logic                 stalled_b_o,       // waits for B or column parameters
  output logic                 stalled_c_o        // waits for room for results
);

  // Results of two tiles must not meet: rows end Interleave cycles after one another.
  localparam int unsigned Gap     = Rows * fp32_pkg::Interleave;
  localparam int unsigned GapBits = $clog2(Gap + 1);
  localparam int unsigned TileBits = $clog2(ResultTiles) + 1;

  typedef logic [RowBits:0]   row_t;
  typedef logic [PanelBits:0] panel_t;

  logic            active_q;
  logic            streamed_q, kept_q;

  // the walk
  logic        next, end_of_call;
  logic [1:0]  tile;
  logic [16:0] chunk;
  logic        first_chunk, last_chunk, last_tile, last_block, last_panel;
  logic [20:0] unused_rows;
  logic [16:0] unused_columns;

  assign call_taken_o = call_valid_i && (!active_q || end_of_call);

  fp32_walk #(
    .Rows        (Rows),
    .PanelColumns(PanelColumns),
    .ChunkRows   (StoreRows / 2)
  ) i_walk (
    .clk_i,
    .start_i       (call_taken_o),
    .call_i,
    .next_i        (next),
    .tile_o        (tile),
    .rows_left_o   (unused_rows),
    .k_o           (chunk),
    .columns_left_o(unused_columns),
    .first_chunk_o (first_chunk),
    .last_chunk_o  (last_chunk),
    .last_tile_o   (last_tile),
    .last_block_o  (last_block),
    .last_panel_o  (last_panel)
  );

  // the place inside a chunk
  logic [2:0]  group_q;
  logic        fresh_q;   // at the chunk's first k
  logic [16:0] later_q, left;  // rows of B of the chunk from here on
  logic        last_k, last_step, block_start, block_end;
  logic [3:0]  lane_q, word_q;
  logic        half_q;    // of the buffers of A

  assign left        = fresh_q ? chunk : later_q;
  assign last_k      = left == 17'd1;
  assign last_step   = last_k && last_chunk;
  assign block_start = lane_q == '0 && word_q == '0;
  assign block_end   = last_k || (lane_q == 4'(WordLanes - 1) && word_q == '1);

  // what a k waits for
  row_t               b_row_q, b_start_q, b_kept_q, b_free_q;
  panel_t             panel_q, panel_kept_q;
  logic [1:0]         a_blocks_q;
  logic [GapBits-1:0] gap_q;
  logic [TileBits-1:0] results_q;  // tiles that have, or will have, results in the store
  logic               a_there, b_there, c_there, go, issue, k_ends;

  assign a_there = !block_start || a_blocks_q != '0;
  assign b_there = b_row_q != b_loaded_i && panel_q != columns_loaded_i;
  assign c_there = !last_step || (gap_q == '0 && 32'(results_q) != ResultTiles);
  assign go      = group_q != '0 || (a_there && b_there && c_there);
  assign issue   = active_q && go;
  assign k_ends  = issue && group_q == '1;
  assign next    = k_ends && last_k;
  assign end_of_call = next && last_chunk && last_tile && last_block && last_panel;

  assign call_end_o  = end_of_call;
  assign computing_o = issue;
  assign stalled_a_o = active_q && !go && !a_there;
  assign stalled_b_o = active_q && !go && a_there && !b_there;
  assign stalled_c_o = active_q && !go && a_there && b_there;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q   <= 1'b0;
      group_q    <= '0;
      half_q     <= 1'b0;
      a_blocks_q <= '0;
      gap_q      <= '0;
      results_q  <= '0;
    end else begin
      if (call_taken_o) active_q <= 1'b1;
      else if (end_of_call) active_q <= 1'b0;
      if (issue) group_q <= group_q + 1'b1;
      if (k_ends && block_end) half_q <= !half_q;
      a_blocks_q <= a_blocks_q + 2'(a_filled_i) - 2'(k_ends && block_end);
      if (issue && last_step && group_q == '0) gap_q <= GapBits'(Gap - 1);
      else if (gap_q != '0) gap_q <= gap_q - 1'b1;
      results_q <= results_q + TileBits'(issue && last_step && group_q == '0) -
                   TileBits'(result_taken_i);
    end
  end

  always_ff @(posedge clk_i) begin
    if (k_ends) begin
      fresh_q <= last_k;
      later_q <= left - 1'b1;
      lane_q  <= block_end || lane_q == 4'(WordLanes - 1) ? '0 : lane_q + 1'b1;
      if (block_end) word_q <= '0;
      else if (lane_q == 4'(WordLanes - 1)) word_q <= word_q + 1'b1;
    end
    if (call_taken_o) begin
      streamed_q <= call_i.streamed;
      kept_q     <= call_i.kept;
      fresh_q    <= 1'b1;
      lane_q     <= '0;
      word_q     <= '0;
    end
  end

  // the rings
  row_t after;  // the next row
  assign after    = b_row_q + 1'b1;
  assign b_free_o = b_free_q;

  row_t   b_row_d, b_start_d, b_free_d;
  panel_t panel_d;

  always_comb begin
    b_row_d   = b_row_q;
    b_start_d = b_start_q;
    b_free_d  = b_free_q;
    panel_d   = panel_q;
    if (k_ends) b_row_d = after;
    if (next) begin
      if (!last_tile || (!streamed_q && !last_block)) begin
        b_row_d = b_start_q;  // once more
      end else begin
        b_start_d = after;
        if (!kept_q) b_free_d = after;
      end
      if (last_tile && last_chunk && last_block) panel_d = panel_q + 1'b1;
    end
    if (call_taken_o && call_i.resident) begin
      b_row_d   = b_kept_q;
      b_start_d = b_kept_q;
      panel_d   = panel_kept_q;
    end else if (call_taken_o) begin
      b_start_d = b_row_d;
      b_free_d  = b_row_d;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      b_row_q      <= '0;
      b_start_q    <= '0;
      b_free_q     <= '0;
      b_kept_q     <= '0;
      panel_q      <= '0;
      panel_kept_q <= '0;
    end else begin
      b_row_q   <= b_row_d;
      b_start_q <= b_start_d;
      b_free_q  <= b_free_d;
      panel_q   <= panel_d;
      if (call_taken_o && !call_i.resident) begin
        b_kept_q     <= b_row_d;
        panel_kept_q <= panel_d;
      end
    end
  end

  // the step
  always_ff @(posedge clk_i) begin
    step_o.valid     <= rst_ni && issue;
    step_o.first     <= fresh_q && first_chunk;
    step_o.last      <= last_step;
    step_o.release_a <= block_end && group_q == '1;
    step_o.tile      <= tile;
    step_o.group     <= group_q;
    step_o.word      <= {half_q, word_q};
    step_o.lane      <= lane_q;
    b_row_o          <= b_row_q[RowBits-1:0];
    panel_o          <= panel_q[PanelBits-1:0];
  end

endmodule
