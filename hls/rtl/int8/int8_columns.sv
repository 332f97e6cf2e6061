// SPDX-License-Identifier: Apache-2.0

// Drain columns of the array with their share of B. The operands pass through to the neighbour on
// the right, one cycle later.

module int8_columns #(
  parameter int unsigned Lanes       = 8,
  parameter int unsigned Drain       = 4,   // columns, even
  parameter int unsigned FabricPairs = 0,   // of its pairs of columns: the last ones, without DSP
  parameter int unsigned Spacing     = 16,
  parameter int unsigned Cascade     = 2,
  parameter int unsigned Entries     = 512
) (
  input  logic                                     clk_i,      // clock
  input  logic [Cascade*$clog2(Entries)-1:0]       entry_i,    // to be read, by place in the cascade
  input  logic [8*Lanes-1:0]                       a_i,        // one cycle behind its entry_i
  input  logic                                     valid_i,    // for int8_accumulate
  input  logic                                     first_i,
  output logic [Cascade*$clog2(Entries)-1:0]       entry_o,    // the same, one cycle later
  output logic [8*Lanes-1:0]                       a_o,
  output logic                                     valid_o,
  output logic                                     first_o,
  input  logic                                     write_i,    // store codes of these columns
  input  logic [$clog2(Entries)-1:0]               write_entry_i,
  input  logic [$clog2(Lanes)-1:0]                 write_lane_i,
  input  logic [8*Drain-1:0]                       codes_i,
  output logic [32*Drain-1:0]                      sums_o      // one cycle behind valid_i
);

  localparam int unsigned Pairs = Drain / 2;
  localparam int unsigned Parts = Lanes / Cascade;
  localparam int unsigned EntryBits = $clog2(Entries);
  localparam int unsigned PartsBits = Parts * (Spacing + 2);

  always_ff @(posedge clk_i) begin
    entry_o <= entry_i;
    a_o     <= a_i;
    valid_o <= valid_i;
    first_o <= first_i;
  end

  // A pair of codes as its multiplier wants it: b1 - (b0 < 0), b0; or b1, b0.
  logic [17*Pairs-1:0] packed_codes;
  for (genvar p = 0; p < Pairs; p++) begin : gen_pack
    logic [8:0] upper;
    assign upper = {codes_i[16*p+15], codes_i[16*p+8+:8]};
    assign packed_codes[17*p+:17] = {p < Pairs - FabricPairs ? upper - 9'(codes_i[16*p+7]) : upper,
                                     codes_i[16*p+:8]};
  end

  logic [Lanes*Pairs*17-1:0] b;  // by pair, then lane
  for (genvar l = 0; l < Lanes; l++) begin : gen_store
    logic [17*Pairs-1:0] store[Entries];
    logic [17*Pairs-1:0] b_q;
    always_ff @(posedge clk_i) begin
      if (write_i && write_lane_i == ($clog2(Lanes))'(l)) store[write_entry_i] <= packed_codes;
      b_q <= store[entry_i[EntryBits*(l%Cascade)+:EntryBits]];
    end
    for (genvar p = 0; p < Pairs; p++) begin : gen_pair
      assign b[17*(Lanes*p+l)+:17] = b_q[17*p+:17];
    end
  end

  for (genvar p = 0; p < Pairs; p++) begin : gen_pair
    logic [2*PartsBits-1:0] parts;
    logic [2*Parts-1:0]     extra;
    if (p < Pairs - FabricPairs) begin : gen_dsp
      int8_pair_dsp #(
        .Lanes(Lanes),
        .Spacing(Spacing)
      ) i_pair (
        .clk_i,
        .a_i,
        .b_i    (b[17*Lanes*p+:17*Lanes]),
        .parts_o(parts),
        .extra_o(extra)
      );
    end else begin : gen_fabric
      int8_pair_fabric #(
        .Lanes(Lanes),
        .Spacing(Spacing)
      ) i_pair (
        .clk_i,
        .a_i,
        .b_i    (b[17*Lanes*p+:17*Lanes]),
        .parts_o(parts),
        .extra_o(extra)
      );
    end
    for (genvar c = 0; c < 2; c++) begin : gen_column
      int8_accumulate #(
        .Parts(Parts),
        .Width(Spacing + 2)
      ) i_accumulate (
        .clk_i,
        .parts_i(parts[PartsBits*c+:PartsBits]),
        .extra_i(extra[Parts*c+:Parts]),
        .valid_i,
        .first_i,
        .sum_o  (sums_o[32*(2*p+c)+:32])
      );
    end
  end

endmodule
