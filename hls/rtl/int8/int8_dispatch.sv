// SPDX-License-Identifier: Apache-2.0

// Takes the arguments of a call from the registers, finds out whether its weights are resident, and
// hands the call to the five parts of the kernel, to each as soon as it is free.

module int8_dispatch #(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Columns     = 64,
  parameter int unsigned Entries     = 512,
  parameter int unsigned ColumnTiles = 32,
  parameter int unsigned BlockValues = 2048
) (
  input  logic              clk_i,        // clock
  input  logic              rst_ni,       // synchronous reset, active low
  input  logic [2047:0]     words_i,      // registers: offset o at bit 8 * o
  input  logic              start_i,      // a call may be taken
  output logic              take_o,       // and is
  output int8_pkg::call_t             call_o,       // the call
  output logic [4:0]        pending_o,    // the parts that have not taken it
  input  logic [4:0]        part_ready_i  // and do so in this cycle
);

  localparam logic [31:0] RawOutput = 32'd2;  // as FABRIQ_OUTPUT_I32
  localparam int unsigned EntryBits = $clog2(Entries);

  int8_pkg::call_t       call_q;
  logic [31:0] id_q;
  logic [1:0]  planning_q;
  logic [4:0]  pending_q;
  logic        resident, kept_q;

  assign take_o    = start_i && planning_q == 0 && pending_q == 0;
  assign pending_o = pending_q;

  always_ff @(posedge clk_i) begin
    if (take_o) begin
      call_q           <= '0;  // resident and kept: below
      call_q.a         <= words_i[8*registers_pkg::A+:64];
      call_q.b         <= words_i[8*registers_pkg::B+:64];
      call_q.columns   <= words_i[8*registers_pkg::Columns+:64];
      call_q.c         <= words_i[8*registers_pkg::C+:64];
      call_q.m         <= words_i[8*registers_pkg::M+:21];
      call_q.k         <= words_i[8*registers_pkg::K+:17];
      call_q.n         <= words_i[8*registers_pkg::N+:17];
      call_q.raw       <= words_i[8*registers_pkg::Output+:32] == RawOutput;
      call_q.zero_c    <= words_i[8*registers_pkg::ZeroC+:9];
      call_q.clamp_min <= words_i[8*registers_pkg::ClampMin+:8];
      call_q.clamp_max <= words_i[8*registers_pkg::ClampMax+:8];
      call_q.b_bits    <= words_i[8*registers_pkg::BBits+:4];
      id_q <= words_i[8*registers_pkg::WeightsId+:32];
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
