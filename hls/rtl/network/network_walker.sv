// SPDX-License-Identifier: Apache-2.0

// Runs the layers: starts one when all results of the one before are written, and makes a beat per cycle
// with nested counters, innermost first:
//
//   tap (of a window row), window row, channel block, x, y (of the output), tile
//
// Addresses need no multiplier: whatever would be one is a field of the record. Nothing behind a beat can
// wait, so a beat waits here: for the image, for its row's place in the queue of results, and for the
// drain, which takes a row's quarters one per cycle.

module network_walker #(
  parameter int unsigned Lanes = 8  // of the array; with 4 a beat of a matrix product takes two cycles
) (
  input  logic                clk_i,            // clock
  input  logic                rst_ni,           // synchronous reset, active low
  input  logic                start_i,          // run the program
  input  logic [15:0]         chunks_i,         // so often
  output logic                idle_o,
  output logic                ending_o,         // no more beats
  input  logic                end_ready_i,      // the end can be told of
  output logic                end_o,            // and is: all results are written (pulse)
  output logic [7:0]          error_o,          // why the run ended early, or NoError
  output logic [5:0]          error_record_o,   // in which record
  input  logic                next_valid_i,     // from network_fetch
  input  record_pkg::record_t next_i,
  input  logic [5:0]          next_number_i,
  input  logic [7:0]          next_error_i,
  output logic                take_o,
  input  logic                image_all_i,      // the image is loaded
  input  logic [15:0]         image_words_i,    // so many of its words are
  input  logic                image_gone_i,     // it will never be: no image is left
  output logic                image_free_o,     // its place may be loaded again
  input  logic                image_first_i,    // with start_i: what the next one is to begin with
  output logic                image_odd_o,      // it is in the second place, if there are two
  input  logic [9:0]          image_base_i,     // its first line
  input  logic [5:0]          room_i,           // of the queue of results
  output logic [2:0]          claim_o,          // places of it, one for each quarter of a row
  input  logic                row_done_i,       // all results of a row are written
  output record_pkg::record_t record_o,         // the layer
  output network_pkg::beat_t  beat_o,
  output network_pkg::row_t   row_o,            // counts with beat_o.last
  output logic                going_o,          // for the counters: a beat is made
  output logic                waits_image_o,    // it waits for the image
  output logic                waits_drain_o,    // it waits for the drain or the queue
  output logic                turnaround_o      // from a layer's last beat to the next one's first
);

  typedef enum logic [1:0] {Idle, Turn, Run, Ending} state_t;
  state_t              state_q;
  record_pkg::record_t record_q;

  // Positions.
  logic [5:0]         tap_q, window_row_q;
  logic [7:0]         block_q, tile_q, out_blocks_q;
  logic [12:0]        x_left_q, y_left_q, pixel_q, pixel_row_q;
  logic signed [13:0] x_q, x_base_q, y_q, y_base_q, row_q, row_base_q;
  logic [9:0]         plane_q, plane_base_q, entry_q, entry_base_q, out_plane_q;
  logic [2:0]         bank_q, out_block_q;
  logic [8:0]         column_q;
  logic [15:0]        need_q, need_x_q, need_y_q, chunks_q;
  logic [3:0]         spacing_q;
  logic [7:0]         flight_q;  // rows whose results are not written
  logic [network_pkg::LayerBits:0] cycles_q;

  logic by_channel, tap_last, window_last, block_last, x_last, y_last, tile_last, row_last;
  logic image_there, has_place, beat, upper_q, beat_last, go, layer_ends, too_long;
  assign by_channel  = record_q.kind != network_pkg::Convolution;
  assign tap_last    = tap_q == record_q.kernel_width - 1'b1;
  assign window_last = window_row_q == record_q.kernel_height - 1'b1;
  assign block_last  = by_channel || block_q == record_q.in_blocks - 1'b1;
  assign x_last      = x_left_q <= 13'(record_q.row_pixels);
  assign y_last      = y_left_q == 13'd1;
  assign tile_last   = tile_q == record_q.tiles - 1'b1;
  assign row_last    = tap_last && window_last && block_last;
  assign image_there = !record_q.input_first || image_all_i || image_words_i >= need_q;
  assign has_place   = !record_q.to_results || room_i >= 6'd4;
  assign beat_last   = Lanes == 8 || by_channel || upper_q;
  assign beat        = state_q == Run && image_there && (!row_last || !beat_last || (spacing_q == 0 && has_place));
  assign go          = beat && beat_last;
  assign layer_ends  = go && row_last && x_last && y_last && tile_last;
  assign too_long    = cycles_q[network_pkg::LayerBits];

  assign take_o       = turns && next_error_i == network_pkg::NoError;
  assign record_o     = record_q;
  assign idle_o       = state_q == Idle;
  assign ending_o     = state_q == Ending;
  assign end_o        = ending_o && flight_q == 0 && image_gone_i && end_ready_i;
  assign image_odd_o  = odd_q;

  // What a layer has not needed of the image it frees must come, and be gone, before the next image is
  // looked at; a run that is at its end has no burst under way then.
  logic frees, frees_q, turns;
  assign frees        = frees_q || (layer_ends && record_q.frees_image);
  assign image_free_o = frees && image_all_i;
  assign turns        = state_q == Turn && next_valid_i && flight_q == 0 &&
                        !(frees_q && (next_i.input_first || next_i.frees_image));
  always_ff @(posedge clk_i) frees_q <= rst_ni && frees && !image_all_i && !image_gone_i;

  // A row of a depthwise layer has three quarters, and one of pooling with stride 2 has two.
  logic [2:0] quarters;
  assign quarters = record_q.kind == network_pkg::Convolution ? 3'd4 :
                    record_q.kind == network_pkg::Depthwise ? 3'd3 :
                    record_q.fold_stride == 3'd2 ? 3'd2 : 3'd4;
  assign claim_o  = go && row_last && record_q.to_results ? quarters : 3'd0;

  assign going_o       = beat;
  assign waits_image_o = state_q == Run && !image_there;
  assign waits_drain_o = state_q == Run && image_there && !beat;
  assign turnaround_o  = state_q == Turn || state_q == Ending;

  // A run ends when its results are written and its images gone.
  logic [5:0] number_q;  // of the layer
  logic       odd_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q  <= Idle;
      flight_q <= '0;
    end else begin
      flight_q <= flight_q + 8'(go && row_last) - 8'(row_done_i);
      case (state_q)
        Idle: begin
          if (start_i) begin
            state_q  <= Turn;
            chunks_q <= chunks_i;
            odd_q    <= image_first_i;
            error_o  <= network_pkg::NoError;
          end
        end
        Turn: begin
          number_q <= next_number_i;
          if (turns) begin
            state_q <= take_o ? Run : Ending;
            error_o <= next_error_i;
            error_record_o <= next_number_i;
          end
        end
        Run: begin
          error_record_o <= number_q;
          if (too_long || (!image_there && image_gone_i)) begin
            state_q <= Ending;
            error_o <= too_long ? network_pkg::LayerTooLong : network_pkg::ImageGone;
          end else if (layer_ends) begin
            state_q <= record_q.last && chunks_q == 16'd1 ? Ending : Turn;
            if (record_q.last) chunks_q <= chunks_q - 1'b1;
          end
        end
        default: if (end_o) state_q <= Idle;
      endcase
      if (layer_ends && record_q.last) odd_q <= !odd_q;
    end
  end

  // A row's quarters follow each other through the drain; with an addition each takes four cycles.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) spacing_q <= '0;
    else if (go && row_last) spacing_q <= record_q.add ? 4'd15 : record_q.kind == network_pkg::Depthwise ? 4'd2 : 4'd3;
    else if (spacing_q != 0) spacing_q <= spacing_q - 1'b1;
    if (!rst_ni || take_o) upper_q <= 1'b0;
    else if (beat) upper_q <= !beat_last;
    cycles_q <= take_o ? '0 : cycles_q + (network_pkg::LayerBits + 1)'(image_there && has_place && beat_last);
  end

  always_ff @(posedge clk_i) begin
    if (take_o) begin
      record_q     <= next_i;
      tap_q        <= '0;
      window_row_q <= '0;
      block_q      <= '0;
      tile_q       <= '0;
      x_left_q     <= next_i.out_width;
      y_left_q     <= next_i.out_height;
      pixel_q      <= '0;
      pixel_row_q  <= '0;
      x_q          <= 14'(signed'(next_i.x_start));
      x_base_q     <= 14'(signed'(next_i.x_start));
      y_q          <= 14'(signed'(next_i.y_start));
      y_base_q     <= 14'(signed'(next_i.y_start));
      row_q        <= next_i.row_start;
      row_base_q   <= next_i.row_start;
      plane_q      <= next_i.input_first ? image_base_i : next_i.in_base;
      plane_base_q <= next_i.input_first ? image_base_i : next_i.in_base;
      bank_q       <= '0;
      entry_q      <= next_i.weight_entry;
      entry_base_q <= next_i.weight_entry;
      out_plane_q  <= next_i.out_base;
      out_block_q  <= '0;
      out_blocks_q <= next_i.out_blocks;
      column_q     <= next_i.column_entry;
      need_q       <= next_i.need_start;
      need_x_q     <= next_i.need_start;
      need_y_q     <= next_i.need_start;
    end else if (go) begin
      tap_q   <= tap_last ? '0 : tap_q + 1'b1;
      x_q     <= tap_last ? x_base_q : x_q + 14'(record_q.tap_step);
      entry_q <= entry_q + 1'b1;
      if (tap_last) begin
        window_row_q <= window_last ? '0 : window_row_q + 1'b1;
        y_q          <= window_last ? y_base_q : y_q + 1'b1;
        row_q        <= window_last ? row_base_q : row_q + 14'(record_q.in_width);
      end
      if (tap_last && window_last) begin
        need_q <= need_q + 16'(record_q.need_per_block);
        if (!by_channel) begin
          block_q <= block_last ? '0 : block_q + 1'b1;
          bank_q  <= block_last ? '0 : bank_q + 1'b1;
          plane_q <= block_last ? plane_base_q : plane_q + record_q.in_pitch;
        end
      end
      if (row_last) begin
        need_x_q <= need_x_q + record_q.need_x;
        need_q   <= need_x_q + record_q.need_x;
        entry_q  <= entry_base_q;
        pixel_q  <= pixel_q + 13'(record_q.row_pixels);
        x_left_q <= x_left_q - 13'(record_q.row_pixels);
        x_base_q <= x_base_q + 14'(record_q.x_step);
        x_q      <= x_base_q + 14'(record_q.x_step);
      end
      if (row_last && x_last) begin
        need_y_q    <= need_y_q + record_q.need_y;
        need_x_q    <= need_y_q + record_q.need_y;
        need_q      <= need_y_q + record_q.need_y;
        x_left_q    <= record_q.out_width;
        x_base_q    <= 14'(signed'(record_q.x_start));
        x_q         <= 14'(signed'(record_q.x_start));
        y_left_q    <= y_left_q - 1'b1;
        y_base_q    <= y_base_q + 14'(record_q.y_stride);
        y_q         <= y_base_q + 14'(record_q.y_stride);
        row_base_q  <= row_base_q + record_q.row_step;
        row_q       <= row_base_q + record_q.row_step;
        pixel_row_q <= pixel_row_q + record_q.out_width;
        pixel_q     <= pixel_row_q + record_q.out_width;
      end
      if (row_last && x_last && y_last) begin
        need_y_q     <= record_q.need_start;
        need_x_q     <= record_q.need_start;
        need_q       <= record_q.need_start;
        y_left_q     <= record_q.out_height;
        y_base_q     <= 14'(signed'(record_q.y_start));
        y_q          <= 14'(signed'(record_q.y_start));
        row_base_q   <= record_q.row_start;
        row_q        <= record_q.row_start;
        pixel_row_q  <= '0;
        pixel_q      <= '0;
        tile_q       <= tile_q + 1'b1;
        entry_base_q <= entry_base_q + record_q.weight_step;
        entry_q      <= entry_base_q + record_q.weight_step;
        out_plane_q  <= out_plane_q + record_q.tile_lines;
        out_block_q  <= out_block_q + record_q.tile_blocks[2:0];
        out_blocks_q <= out_blocks_q - 8'(record_q.tile_blocks);
        column_q     <= column_q + 9'(record_q.column_step);
        if (by_channel) begin
          plane_q      <= plane_base_q + record_q.in_pitch;
          plane_base_q <= plane_base_q + record_q.in_pitch;
          bank_q       <= bank_q + 1'b1;
        end
      end
    end
  end

  // The beat: its first pixel, and which of the eight from there exist.
  logic signed [13:0] first, lead, rest;
  logic               row_inside;
  assign first      = row_q + x_q;
  assign lead       = -x_q;
  assign rest       = signed'({1'b0, record_q.in_width}) - x_q;
  assign row_inside = !y_q[13] && y_q < signed'({1'b0, record_q.in_height});
  always_ff @(posedge clk_i) begin
    beat_o.valid     <= rst_ni && beat;
    beat_o.first     <= tap_q == 0 && window_row_q == 0 && (by_channel || block_q == 0) && !upper_q;
    beat_o.last      <= rst_ni && go && row_last;
    beat_o.depthwise <= by_channel;
    beat_o.upper     <= upper_q;
    beat_o.folds     <= record_q.folds_log2;
    beat_o.two       <= record_q.fold_stride == 3'd2;
    beat_o.entry     <= entry_q;
    beat_o.line      <= plane_q + first[12:3];
    beat_o.low       <= first[2:0];
    beat_o.bank      <= first[2:0] + bank_q;
    for (int k = 0; k < 8; k++) beat_o.there[k] <= row_inside && lead <= 14'(k) && rest > 14'(k);
    row_o.pixel  <= pixel_q;
    row_o.left   <= x_left_q > 13'd15 ? 4'd15 : x_left_q[3:0];
    row_o.plane  <= out_plane_q;
    row_o.block  <= out_block_q;
    row_o.blocks <= out_blocks_q > 8'd8 ? 4'd8 : out_blocks_q[3:0];
    row_o.column <= column_q;
  end

endmodule
