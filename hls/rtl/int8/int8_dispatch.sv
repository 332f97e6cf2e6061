// SPDX-License-Identifier: Apache-2.0

// Takes the arguments of a call from the registers, finds out whether its weights are resident, and
// hands the call to the five parts of the kernel, to each as soon as it is free.

module int8_dispatch
  import int8_pkg::*;
#(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Columns     = 64,
  parameter int unsigned Entries     = 512,
  parameter int unsigned ColumnTiles = 32,
  parameter int unsigned BlockValues = 2048
) (
  input  logic              clk_i,        // clock
  input  logic              rst_ni,       // synchronous reset, active low
  input  logic [63:0][31:0] words_i,      // registers by offset / 4
  input  logic              start_i,      // a call may be taken
  output logic              take_o,       // and is
  output call_t             call_o,       // the call
  output logic [4:0]        pending_o,    // the parts that have not taken it
  input  logic [4:0]        part_ready_i  // and do so in this cycle
);

  localparam logic [31:0] RawOutput = 32'd2;  // as FABRIQ_OUTPUT_I32
  localparam int unsigned EntryBits = $clog2(Entries);

  call_t       call_q;
  logic [31:0] id_q;
  logic [1:0]  planning_q;
  logic [4:0]  pending_q;
  logic        resident, kept_q;

  assign take_o    = start_i && planning_q == 0 && pending_q == 0;
  assign pending_o = pending_q;

  always_ff @(posedge clk_i) begin
    if (take_o) begin
      call_q <= '{
        a:         {words_i[registers_pkg::A/4+1], words_i[registers_pkg::A/4]},
        b:         {words_i[registers_pkg::B/4+1], words_i[registers_pkg::B/4]},
        columns:   {words_i[registers_pkg::Columns/4+1], words_i[registers_pkg::Columns/4]},
        c:         {words_i[registers_pkg::C/4+1], words_i[registers_pkg::C/4]},
        m:         words_i[registers_pkg::M/4][20:0],
        k:         words_i[registers_pkg::K/4][16:0],
        n:         words_i[registers_pkg::N/4][16:0],
        raw:       words_i[registers_pkg::Output/4] == RawOutput,
        zero_c:    words_i[registers_pkg::ZeroC/4][8:0],
        clamp_min: words_i[registers_pkg::ClampMin/4][7:0],
        clamp_max: words_i[registers_pkg::ClampMax/4][7:0],
        b_bits:    words_i[registers_pkg::BBits/4][3:0],
        resident:  1'b0,
        kept:      1'b0
      };
      id_q <= words_i[registers_pkg::WeightsId/4];
    end
  end

  // Weights stay if all their entries and tiles fit at once.
  logic [16:0]            tiles, entries;
  logic [EntryBits:0]     tiles_q, entries_q;  // saturated
  logic [2*EntryBits+1:0] total;

  assign tiles   = (call_q.n + 17'(Columns - 1)) / 17'(Columns);
  assign entries = 17'((18'(call_q.k) + 18'(Lanes - 1)) / 18'(Lanes));
  assign total   = tiles_q * entries_q;

  always_ff @(posedge clk_i) begin
    tiles_q   <= tiles > 17'(ColumnTiles) ? '1 : (EntryBits + 1)'(tiles);
    entries_q <= entries > 17'(BlockValues / Lanes) ? '1 : (EntryBits + 1)'(entries);
    kept_q    <= tiles_q != '1 && entries_q != '1 && total <= (2 * EntryBits + 2)'(Entries);
  end

  // 1: counts, 2: kept_q, 3: the key is compared.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      planning_q <= '0;
      pending_q  <= '0;
    end else begin
      if (take_o) planning_q <= 2'd1;
      else if (planning_q != 0) planning_q <= planning_q + 1'b1;
      if (planning_q == 2'd3) pending_q <= '1;
      else pending_q <= pending_q & ~part_ready_i;
    end
  end

  weights_residency i_residency (
    .clk_i,
    .rst_ni,
    .id_i      (id_q),
    .b_i       (call_q.b),
    .columns_i (call_q.columns),
    .k_i       (call_q.k),
    .n_i       (call_q.n),
    .b_bits_i  (call_q.b_bits),
    .kept_i    (kept_q),
    .take_i    (planning_q == 2'd3),
    .resident_o(resident)
  );

  logic resident_q;
  always_ff @(posedge clk_i) begin
    if (planning_q == 2'd3) resident_q <= resident;
  end

  always_comb begin
    call_o          = call_q;
    call_o.resident = resident_q;
    call_o.kept     = kept_q;
  end

endmodule
