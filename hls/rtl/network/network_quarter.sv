// SPDX-License-Identifier: Apache-2.0

// 16 columns of the array: pair k has the columns 2k and 2k + 1. As a matrix product all pairs take
// the word of 8 values of k, or half of it. Depthwise, pair k takes channel k of four neighbouring pixels, and its
// two columns are two neighbouring output pixels: column 0 has the weights w0 w1 w2 0, column 1 has
// 0 w0 w1 w2. So a multiplier makes two products that count.

module network_quarter #(
  parameter int unsigned Entries     = 512,
  parameter int unsigned Lanes       = 8,   // 4 or 8
  parameter int unsigned FabricPairs = 0,   // the last pairs: without DSP slices
  parameter bit          Depthwise   = 1,   // takes part in depthwise layers
  parameter int unsigned EntryBits   = $clog2(Entries)
) (
  input  logic                 clk_i,          // clock
  input  logic                 valid_i,        // for the sums: 8 cycles behind the entry
  input  logic                 first_i,        // and begins a row
  input  logic [EntryBits-1:0] entry_i,        // of weights
  input  logic                 depthwise_i,    // a cycle later, as the next two
  input  logic [4*17*8-1:0]    taps_i,         // depthwise weights, by channel, then tap
  input  logic [255:0]         bus_i,          // words of activations
  input  logic                 write_i,        // stores codes_i
  input  logic [EntryBits-1:0] write_entry_i,
  input  logic [2:0]           write_lane_i,
  input  logic                 write_half_i,   // of columns 0 to 7, or 8 to 15
  input  logic [63:0]          codes_i,
  output logic [511:0]         sums_o          // 9 cycles behind entry_i
);

  localparam int unsigned LaneBits = $clog2(Lanes);
  localparam int unsigned Parts    = Lanes / 2;

  logic [EntryBits-1:0] entry_q, entry_qq;
  logic [255:0]         bus_q, bus_qq;
  logic [543:0]         taps_q, taps_qq;
  logic                 depthwise_q, depthwise_qq;
  always_ff @(posedge clk_i) begin
    entry_q  <= entry_i;
    entry_qq <= entry_q;
    bus_q    <= bus_i;
    bus_qq   <= bus_q;
    taps_q   <= taps_i;
    taps_qq  <= taps_q;
    depthwise_q     <= depthwise_i;
    depthwise_qq    <= depthwise_q;
  end

  // Weights. A word is 34 bits of a block RAM: two pairs' operands. Odd lanes are a cycle late, as the
  // cascades of the multipliers want them.
  logic [8*Lanes*17-1:0] b;  // by pair, then lane
  for (genvar h = 0; h < 4; h++) begin : gen_four  // columns 4h to 4h + 3
    logic [33:0] codes;
    for (genvar p = 0; p < 2; p++) begin : gen_pack
      localparam int unsigned At = 32 * (h % 2) + 16 * p;
      logic [8:0] upper;
      assign upper = {codes_i[At+15], codes_i[At+8+:8]};
      assign codes[17*p+:17] = {2 * h + p < 8 - FabricPairs ? upper - 9'(codes_i[At+7]) : upper,
                                codes_i[At+:8]};
    end
    for (genvar l = 0; l < Lanes; l++) begin : gen_lane
      (* ram_style = "block" *) logic [33:0] store[Entries];
      logic [33:0] b_q;
      always_ff @(posedge clk_i) begin
        if (write_i && write_half_i == 1'(h / 2) && LaneBits'(write_lane_i) == LaneBits'(l)) store[write_entry_i] <= codes;
        b_q <= store[l % 2 == 0 ? entry_q : entry_qq];
      end
      assign b[17*(Lanes*(2*h)+l)+:17]   = b_q[16:0];
      assign b[17*(Lanes*(2*h+1)+l)+:17] = b_q[33:17];
    end
  end

  for (genvar k = 0; k < 8; k++) begin : gen_pair
    logic [8*Lanes-1:0]    a;
    logic [Lanes*17-1:0]   weights;
    logic [2*Parts*18-1:0] parts, late_parts;
    logic [2*Parts-1:0]    extra, late_extra;

    for (genvar l = 0; l < Lanes; l++) begin : gen_lane
      if (Depthwise && l < 4) begin : gen_depthwise
        assign a[8*l+:8] = l % 2 == 0 ? (depthwise_q ? bus_q[64*l+8*k+:8] : bus_q[8*l+:8])
                                      : (depthwise_qq ? bus_qq[64*l+8*k+:8] : bus_qq[8*l+:8]);
        // Taps are stored as a DSP slice takes them: b1 - (b0 < 0), b0.
        logic [16:0] tap, code;
        assign tap = l % 2 == 0 ? taps_q[17*(4*k+l)+:17] : taps_qq[17*(4*k+l)+:17];
        if (k < 8 - FabricPairs) begin : gen_code
          assign code = tap;
        end else begin : gen_code
          assign code = {tap[16:8] + 9'(tap[7]), tap[7:0]};
        end
        assign weights[17*l+:17] = (l % 2 == 0 ? depthwise_q : depthwise_qq) ? code : b[17*(Lanes*k+l)+:17];
      end else begin : gen_plain
        assign a[8*l+:8]    = l % 2 == 0 ? bus_q[8*l+:8] : bus_qq[8*l+:8];
        assign weights[17*l+:17] = b[17*(Lanes*k+l)+:17];
      end
    end

    if (k < 8 - FabricPairs) begin : gen_dsp
      int8_pair_dsp #(
        .Lanes(Lanes),
        .Spacing(16)
      ) i_pair (
        .clk_i,
        .a_i    (a),
        .b_i    (weights),
        .parts_o(parts),
        .extra_o(extra)
      );
    end else begin : gen_fabric
      int8_pair_fabric #(
        .Lanes(Lanes),
        .Spacing(16)
      ) i_pair (
        .clk_i,
        .a_i    (a),
        .b_i    (weights),
        .parts_o(parts),
        .extra_o(extra)
      );
    end

    // Sums of four lanes come a cycle earlier.
    if (Lanes == 4) begin : gen_late
      always_ff @(posedge clk_i) begin
        late_parts <= parts;
        late_extra <= extra;
      end
    end else begin : gen_direct
      assign late_parts = parts;
      assign late_extra = extra;
    end

    for (genvar c = 0; c < 2; c++) begin : gen_column
      int8_accumulate #(
        .Parts(Parts),
        .Width(18)
      ) i_accumulate (
        .clk_i,
        .parts_i(late_parts[18*Parts*c+:18*Parts]),
        .extra_i(late_extra[Parts*c+:Parts]),
        .valid_i,
        .first_i,
        .sum_o  (sums_o[32*(2*k+c)+:32])
      );
    end
  end

endmodule
