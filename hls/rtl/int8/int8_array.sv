// SPDX-License-Identifier: Apache-2.0

// The array: Lanes values of k times Columns columns per cycle. Groups of Drain columns follow one
// another, each a cycle behind its left neighbour, so that no signal goes to more than one of them
// and the sums of a row come out group by group, as the drain wants them.

module int8_array #(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Columns     = 64,  // a multiple of Lanes
  parameter int unsigned FabricPairs = 7,   // pairs of columns without DSP slices
  parameter int unsigned Spacing     = 16,
  parameter int unsigned Drain       = 4,   // divides Lanes
  parameter int unsigned Entries     = 512,
  parameter int unsigned Groups      = Columns / Drain
) (
  input  logic                                clk_i,         // clock
  input  logic                                rst_ni,        // synchronous reset, active low
  input  logic                                valid_i,       // a word
  input  logic [8*Lanes-1:0]                  a_i,           // its values of A
  input  logic [$clog2(Entries)-1:0]          entry_i,       // its place in the store
  input  logic                                first_i,       // it begins a row
  input  logic                                last_i,        // it ends a row
  input  logic                                write_i,       // from int8_load_b
  input  logic [$clog2(Entries)-1:0]          write_entry_i,
  input  logic [$clog2(Lanes)-1:0]            write_lane_i,
  input  logic [$clog2(Columns)-1:0]          write_chunk_i,
  input  logic [8*Lanes-1:0]                  codes_i,
  output logic                                row_o,         // a row ends: group g comes g cycles later
  output logic [32*Columns-1:0]               sums_o         // each counts for one cycle only
);

  localparam int unsigned Cascade   = 2 ** (Spacing - 15);
  localparam int unsigned EntryBits = $clog2(Entries);
  localparam int unsigned Latency   = 3 + Cascade + $clog2(Lanes / Cascade);  // to int8_accumulate
  localparam int unsigned PerChunk  = Lanes / Drain;  // groups
  localparam int unsigned Last      = Groups - 1;
  localparam int unsigned FabricGroups = (2 * FabricPairs + Drain - 1) / Drain;

  localparam int unsigned SkewBits = Cascade * EntryBits;

  // What group g gets.
  logic [(Groups+1)*SkewBits-1:0] entry;
  logic [(Groups+1)*8*Lanes-1:0]  a;
  logic [Groups:0]                valid, first;

  // Lane l is as many cycles late as its place in its cascade.
  logic [SkewBits-1:0] entry_q;
  always_ff @(posedge clk_i) entry_q <= SkewBits'({entry_q, entry_i});
  assign entry[SkewBits-1:0] = entry_q;

  for (genvar l = 0; l < Lanes; l++) begin : gen_skew
    localparam int unsigned Cycles = l % Cascade + 2;
    logic [8*Cycles-1:0] delay_q;
    always_ff @(posedge clk_i) delay_q <= {delay_q[8*Cycles-9:0], a_i[8*l+:8]};
    assign a[8*l+:8] = delay_q[8*Cycles-1-:8];
  end

  logic [Latency:0] valid_q, first_q, last_q;
  always_ff @(posedge clk_i) begin
    first_q <= {first_q[Latency-1:0], first_i};
    if (!rst_ni) begin
      valid_q <= '0;
      last_q  <= '0;
    end else begin
      valid_q <= {valid_q[Latency-1:0], valid_i};
      last_q  <= {last_q[Latency-1:0], valid_i && last_i};
    end
  end
  assign valid[0] = valid_q[Latency];
  assign first[0] = first_q[Latency];

  always_ff @(posedge clk_i) row_o <= rst_ni && last_q[Latency];

  for (genvar g = 0; g < Groups; g++) begin : gen_group
    // The last pairs of the array do without DSP slices.
    localparam int unsigned Behind = (Last - g) * Drain / 2;  // pairs to the right
    localparam int unsigned Fabric = g + FabricGroups < Groups ? 0 :
        FabricPairs - Behind > Drain / 2 ? Drain / 2 : FabricPairs - Behind;
    int8_columns #(
      .Lanes(Lanes),
      .Drain(Drain),
      .FabricPairs(Fabric),
      .Spacing(Spacing),
      .Cascade(Cascade),
      .Entries(Entries)
    ) i_columns (
      .clk_i,
      .entry_i(entry[SkewBits*g+:SkewBits]),
      .a_i    (a[8*Lanes*g+:8*Lanes]),
      .valid_i(valid[g]),
      .first_i(first[g]),
      .entry_o(entry[SkewBits*(g+1)+:SkewBits]),
      .a_o    (a[8*Lanes*(g+1)+:8*Lanes]),
      .valid_o(valid[g+1]),
      .first_o(first[g+1]),
      .write_i(write_i && write_chunk_i == ($clog2(Columns))'(g / PerChunk)),
      .write_entry_i,
      .write_lane_i,
      .codes_i(codes_i[8*Drain*(g%PerChunk)+:8*Drain]),
      .sums_o (sums_o[32*Drain*g+:32*Drain])
    );
  end

endmodule
