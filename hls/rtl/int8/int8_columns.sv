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
  input  logic [Cascade-1:0][$clog2(Entries)-1:0]  entry_i,    // to be read, by place in the cascade
  input  logic [Lanes-1:0][7:0]                    a_i,        // one cycle behind its entry_i
  input  logic                                     valid_i,    // for int8_accumulate
  input  logic                                     first_i,
  output logic [Cascade-1:0][$clog2(Entries)-1:0]  entry_o,    // the same, one cycle later
  output logic [Lanes-1:0][7:0]                    a_o,
  output logic                                     valid_o,
  output logic                                     first_o,
  input  logic                                     write_i,    // store codes of these columns
  input  logic [$clog2(Entries)-1:0]               write_entry_i,
  input  logic [$clog2(Lanes)-1:0]                 write_lane_i,
  input  logic [Drain-1:0][7:0]                    codes_i,
  output logic [Drain-1:0][31:0]                   sums_o      // one cycle behind valid_i
);

  localparam int unsigned Pairs = Drain / 2;
  localparam int unsigned Parts = Lanes / Cascade;

  always_ff @(posedge clk_i) begin
    entry_o <= entry_i;
    a_o     <= a_i;
    valid_o <= valid_i;
    first_o <= first_i;
  end

  // A pair of codes as its multiplier wants it: b1 - (b0 < 0), b0; or b1, b0.
  logic [Pairs-1:0][16:0] packed_codes;
  for (genvar p = 0; p < Pairs; p++) begin : gen_pack
    logic [8:0] upper;
    assign upper = {codes_i[2*p+1][7], codes_i[2*p+1]};
    assign packed_codes[p] = {p < Pairs - FabricPairs ? upper - 9'(codes_i[2*p][7]) : upper,
                              codes_i[2*p]};
  end

  logic [Lanes-1:0][Pairs-1:0][16:0] b;
  for (genvar l = 0; l < Lanes; l++) begin : gen_store
    logic [Pairs*17-1:0] store[Entries];
    logic [Pairs*17-1:0] b_q;
    always_ff @(posedge clk_i) begin
      if (write_i && write_lane_i == ($clog2(Lanes))'(l)) store[write_entry_i] <= packed_codes;
      b_q <= store[entry_i[l%Cascade]];
    end
    assign b[l] = b_q;
  end

  for (genvar p = 0; p < Pairs; p++) begin : gen_pair
    logic [Lanes-1:0][16:0]                 operands;
    logic [1:0][Parts-1:0][Spacing+1:0]     parts;
    logic [1:0][Parts-1:0]                  extra;
    for (genvar l = 0; l < Lanes; l++) begin : gen_operand
      assign operands[l] = b[l][p];
    end
    if (p < Pairs - FabricPairs) begin : gen_dsp
      int8_pair_dsp #(
        .Lanes,
        .Spacing
      ) i_pair (
        .clk_i,
        .a_i,
        .b_i    (operands),
        .parts_o(parts),
        .extra_o(extra)
      );
    end else begin : gen_fabric
      int8_pair_fabric #(
        .Lanes,
        .Spacing
      ) i_pair (
        .clk_i,
        .a_i,
        .b_i    (operands),
        .parts_o(parts),
        .extra_o(extra)
      );
    end
    for (genvar c = 0; c < 2; c++) begin : gen_column
      int8_accumulate #(
        .Parts,
        .Width(Spacing + 2)
      ) i_accumulate (
        .clk_i,
        .parts_i(parts[c]),
        .extra_i(extra[c]),
        .valid_i,
        .first_i,
        .sum_o  (sums_o[2*p+c])
      );
    end
  end

endmodule
