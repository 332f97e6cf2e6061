// SPDX-License-Identifier: Apache-2.0

// Four quarters of 16 columns, each a cycle behind its left neighbour, so that nothing goes to more than
// one of them and the sums of a row come out quarter by quarter.

module network_array #(
  parameter int unsigned Lanes       = 8,  // of a column: 8, or 4 that take a word in two cycles
  parameter int unsigned FabricPairs = 11  // the last pairs of columns: without DSP slices
) (
  input  logic                 clk_i,           // clock
  input  logic                 rst_ni,          // synchronous reset, active low
  input  network_pkg::beat_t   beat_i,
  input  logic [1023:0]        bus_i,           // 5 cycles behind the beat
  input  logic                 write_i,         // stores the weights codes_i
  input  logic [9:0]           write_entry_i,
  input  logic [2:0]           write_lane_i,
  input  logic [2:0]           write_chunk_i,   // of 8 columns
  input  logic [63:0]          codes_i,
  input  logic                 taps_write_i,    // stores a channel's row of depthwise weights
  input  logic [9:0]           taps_entry_i,
  input  logic [2:0]           taps_channel_i,
  input  logic [23:0]          taps_i,          // three
  output logic                 row_o,           // a row ends: quarter q's sums count q cycles later
  output logic [2047:0]        sums_o           // 13 cycles behind the beat
);

  // Depthwise weights, as a pair of columns takes them from four pixels: the left output pixel has
  // w0 w1 w2 0, the right one 0 w0 w1 w2. A DSP slice's operand is b1 - (b0 < 0), b0.
  logic [7:0]  tap_0, tap_1, tap_2;
  logic [67:0] operands;
  assign {tap_2, tap_1, tap_0} = taps_i;
  assign operands = {tap_2[7], tap_2, 8'd0,
                     {tap_1[7], tap_1} - 9'(tap_2[7]), tap_2,
                     {tap_0[7], tap_0} - 9'(tap_1[7]), tap_1,
                     9'd0 - 9'(tap_0[7]), tap_0};

  // With 4 lanes an entry is two words of the store.
  localparam int unsigned Halves = 8 / Lanes;
  logic [10:0] entry_q[4];
  logic [3:0]  depthwise_q;
  always_ff @(posedge clk_i) begin
    entry_q[0] <= Halves == 2 ? {beat_i.entry, beat_i.upper} : {1'b0, beat_i.entry};
    for (int i = 1; i < 4; i++) entry_q[i] <= entry_q[i-1];
    depthwise_q <= {depthwise_q[2:0], beat_i.depthwise};
  end

  localparam int unsigned TapBits = $clog2(target_pkg::TapRows);
  logic [543:0] taps_q;
  for (genvar c = 0; c < 8; c++) begin : gen_taps
    (* ram_style = "block" *) logic [67:0] store[target_pkg::TapRows];
    always_ff @(posedge clk_i) begin
      if (taps_write_i && taps_channel_i == 3'(c)) store[TapBits'(taps_entry_i)] <= operands;
      taps_q[68*c+:68] <= store[TapBits'(entry_q[3]>>(Halves-1))];
    end
  end

  // What goes with the sums.
  logic [14:0] valid_q, first_q;
  logic [12:0] last_q;
  always_ff @(posedge clk_i) begin
    first_q <= {first_q[13:0], beat_i.first};
    if (!rst_ni) begin
      valid_q <= '0;
      last_q  <= '0;
    end else begin
      valid_q <= {valid_q[13:0], beat_i.valid};
      last_q  <= {last_q[11:0], beat_i.last};
    end
  end
  assign row_o = last_q[12];

  // What quarter q gets: the same, q cycles later.
  logic [43:0]            entry;
  logic [4*544-1:0]       taps;
  logic [3:0]             depthwise, depthwise_entry;
  logic [32:0]            entry_late_q;
  logic [3*544-1:0]       taps_late_q;
  logic [2:0]             depthwise_late_q;
  assign entry           = {entry_late_q, entry_q[3]};
  assign taps            = {taps_late_q, taps_q};
  assign depthwise_entry = {depthwise_late_q, depthwise_q[3]};
  always_ff @(posedge clk_i) begin
    depthwise        <= depthwise_entry;
    depthwise_late_q <= depthwise_entry[2:0];
    entry_late_q     <= entry[32:0];
    taps_late_q      <= taps[3*544-1:0];
  end

  for (genvar q = 0; q < 4; q++) begin : gen_quarter
    // The last pairs do without DSP slices.
    localparam int unsigned Right  = 8 * (3 - q);
    localparam int unsigned Fabric = FabricPairs <= Right ? 0 : FabricPairs - Right > 8 ? 8 : FabricPairs - Right;
    logic [256*(q+1)-1:0] bus;
    assign bus[255:0] = bus_i[256*q+:256];
    if (q > 0) begin : gen_delay
      logic [256*q-1:0] delay_q;
      always_ff @(posedge clk_i) delay_q <= bus[256*q-1:0];
      assign bus[256*(q+1)-1:256] = delay_q;
    end

    // The first quarter may hold more entries than the others.
    localparam int unsigned Entries   = q == 0 ? target_pkg::FirstQuarterEntries : target_pkg::WeightEntries;
    localparam int unsigned EntryBits = $clog2(Halves * Entries);
    logic        here;
    logic [10:0] write_entry;
    assign here        = write_chunk_i[2:1] == 2'(q) && 32'(write_entry_i) < Entries;
    assign write_entry = Halves == 2 ? {write_entry_i, write_lane_i[2]} : {1'b0, write_entry_i};

    network_quarter #(
      .Entries(Halves * Entries),
      .Lanes(Lanes),
      .FabricPairs(Fabric),
      .Depthwise(q < 3)
    ) i_quarter (
      .clk_i,
      .valid_i      (valid_q[11+q]),
      .first_i      (first_q[11+q]),
      // Depthwise, the store reads the last entry that all have, which then holds zeros for the lanes 4 to 7.
      .entry_i      (depthwise_entry[q] ? EntryBits'(Halves * target_pkg::WeightEntries - 1)
                                        : EntryBits'(entry[11*q+:11])),
      .depthwise_i  (depthwise[q]),
      .taps_i       (taps[544*q+:544]),
      .bus_i        (bus[256*q+:256]),
      .write_i      (write_i && here),
      .write_entry_i(EntryBits'(write_entry)),
      .write_lane_i,
      .write_half_i (write_chunk_i[0]),
      .codes_i,
      .sums_o       (sums_o[512*q+:512])
    );
  end

endmodule
