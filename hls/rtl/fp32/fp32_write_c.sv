// SPDX-License-Identifier: Apache-2.0

// Takes the results of tiles out of the result store, Lanes columns at a time and only those that
// exist, and asks for the tiles' rows of C to be written.

module fp32_write_c #(
  parameter int unsigned Rows         = 8,   // of a tile
  parameter int unsigned Columns      = 8,   // of a group
  parameter int unsigned Lanes        = 2,   // divides Columns
  parameter int unsigned ResultTiles  = 4,   // in the result store, a power of two
  parameter int unsigned StorePanels  = 16,  // of column parameters, a power of two
  parameter int unsigned Credits      = 32,  // units under way at most
  localparam int unsigned Panel       = Columns * fp32_pkg::Interleave,
  localparam int unsigned WordBits    = $clog2(ResultTiles * Rows) + 3,
  localparam int unsigned PanelBits   = $clog2(StorePanels),
  localparam int unsigned UnitBits    = $clog2(Panel / Lanes),
  localparam int unsigned PhaseBits   = UnitBits - 3  // of the units of a group
) (
  input  logic                          clk_i,             // clock
  input  logic                          rst_ni,            // synchronous reset, active low
  input  fp32_pkg::call_t               call_i,            // a call
  input  logic                          call_valid_i,      // waits
  output logic                          call_taken_o,      // and is taken
  input  logic [WordBits:0]             words_i,           // groups of results ever stored
  input  logic                          written_i,         // a unit has left for memory
  output logic                          read_o,            // read a unit
  output logic [WordBits-1:0]           word_o,            // of this group
  output logic [PanelBits+UnitBits-1:0] unit_o,            // panel and unit of the panel
  output logic                          tile_taken_o,      // a tile's results are read (pulse)
  output logic [PanelBits:0]            columns_free_o,    // panels no longer needed
  output logic                          request_valid_o,   // write these rows
  input  logic                          request_ready_i,   // it is accepted
  output logic [63:0]                   address_o,         // of the first
  output logic [$clog2(Rows):0]         rows_o,
  output logic [19:0]                   bytes_o,           // of a row
  output logic [19:0]                   pitch_o,           // from row to row
  output logic                          final_o            // the call's last ones
);

  logic        active_q, asked_q, kept_q;
  logic [63:0] panel_address_q;
  logic [20:0] m_q, all_m_q;
  logic [16:0] n_q, columns;
  logic        last_tile, last_panel, tile_ends, call_ends;

  assign call_taken_o    = call_valid_i && (!active_q || call_ends);
  assign request_valid_o = active_q && !asked_q;
  assign last_tile       = m_q <= 21'(Rows);
  assign last_panel      = n_q <= 17'(Panel);
  assign columns         = last_panel ? n_q : 17'(Panel);
  assign rows_o          = last_tile ? m_q[$clog2(Rows):0] : ($clog2(Rows) + 1)'(Rows);
  assign bytes_o         = {1'b0, columns, 2'b00};
  assign final_o         = last_tile && last_panel;
  assign call_ends       = tile_ends && final_o;

  // the place in the tile
  logic [$clog2(Rows)-1:0] row_q;
  logic [UnitBits-1:0]     unit_q, last_unit;
  logic [WordBits-4-$clog2(Rows):0] tile_q;
  logic                    wrap_q, row_ends, issue;
  logic [WordBits:0]       word, missing;
  logic [$clog2(Credits):0] credits_q;

  assign last_unit = UnitBits'((columns - 17'd1) / 17'(Lanes));
  assign row_ends  = unit_q == last_unit;
  assign tile_ends = issue && row_ends && ($clog2(Rows) + 1)'(row_q) + 1'b1 == rows_o;
  assign word      = {wrap_q, tile_q, row_q, unit_q[UnitBits-1:PhaseBits]};
  assign missing   = words_i - word - 1'b1;  // negative: it is not there yet
  assign issue     = active_q && asked_q && !missing[WordBits] && credits_q != '0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q         <= 1'b0;
      asked_q          <= 1'b0;
      {wrap_q, tile_q} <= '0;
      row_q            <= '0;
      unit_q           <= '0;
      credits_q        <= ($clog2(Credits) + 1)'(Credits);
    end else begin
      if (call_taken_o) active_q <= 1'b1;
      else if (call_ends) active_q <= 1'b0;
      if (tile_ends) asked_q <= 1'b0;
      else if (request_valid_o && request_ready_i) asked_q <= 1'b1;
      if (tile_ends) {wrap_q, tile_q} <= {wrap_q, tile_q} + 1'b1;
      if (issue) begin
        unit_q <= row_ends ? '0 : unit_q + 1'b1;
        if (row_ends) row_q <= tile_ends ? '0 : row_q + 1'b1;
      end
      credits_q <= credits_q - ($clog2(Credits) + 1)'(issue) + ($clog2(Credits) + 1)'(written_i);
    end
  end

  always_ff @(posedge clk_i) begin
    if (tile_ends) begin
      m_q       <= m_q - 21'(Rows);
      address_o <= address_o + 64'(pitch_o) * 64'(Rows);
      if (last_tile) begin
        m_q             <= all_m_q;
        n_q             <= n_q - 17'(Panel);
        panel_address_q <= panel_address_q + 64'(Panel * 4);
        address_o       <= panel_address_q + 64'(Panel * 4);
      end
    end
    if (call_taken_o) begin
      kept_q          <= call_i.kept;
      panel_address_q <= call_i.c;
      address_o       <= call_i.c;
      pitch_o         <= {14'((18'(call_i.n) + 18'd15) >> 4), 6'd0};
      m_q             <= call_i.m;
      all_m_q         <= call_i.m;
      n_q             <= call_i.n;
    end
  end

  // the ring of column parameters, as in fp32_sequence
  logic [PanelBits:0] panel_q, panel_d, panel_kept_q, panel_free_q;

  assign panel_d        = panel_q + (PanelBits + 1)'(tile_ends && last_tile);
  assign columns_free_o = panel_free_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      panel_q      <= '0;
      panel_kept_q <= '0;
      panel_free_q <= '0;
    end else begin
      panel_q <= panel_d;
      if (active_q && !kept_q) panel_free_q <= panel_d;
      if (call_taken_o && call_i.resident) begin
        panel_q <= panel_kept_q;
      end else if (call_taken_o) begin
        panel_kept_q <= panel_d;
        panel_free_q <= panel_d;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    read_o       <= rst_ni && issue;
    word_o       <= word[WordBits-1:0];
    unit_o       <= {panel_q[PanelBits-1:0], unit_q};
    tile_taken_o <= rst_ni && tile_ends;
  end

endmodule
