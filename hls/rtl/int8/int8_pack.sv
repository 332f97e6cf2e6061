// SPDX-License-Identifier: Apache-2.0

// Packs groups of results into beats of the bus: Drain int8 fill a part of a beat, Drain int32 one
// beat's part or several beats. A row's last beat may be filled in part.

module int8_pack #(
  parameter int unsigned DataWidth = 64,
  parameter int unsigned Drain     = 4
) (
  input  logic                   clk_i,      // clock
  input  logic                   rst_ni,     // synchronous reset, active low
  input  logic [32*Drain-1:0]    results_i,  // a group
  input  logic                   raw_i,      // of int32, else int8
  input  logic                   last_i,     // the last of its row
  input  logic [$clog2(Drain):0] count_i,    // columns that exist
  input  logic                   valid_i,    // a group is there
  output logic                   ready_o,    // and is taken
  output logic [DataWidth-1:0]   data_o,     // a beat
  output logic                   valid_o,    // is there
  input  logic                   ready_i     // and is taken
);

  localparam int unsigned Bytes     = DataWidth / 8;
  localparam int unsigned Narrow    = Bytes / Drain;  // groups of int8 in a beat
  localparam int unsigned Fitting   = Drain * 4 >= Bytes ? 1 : Bytes / (Drain * 4);  // of int32
  localparam int unsigned Beats     = Drain * 4 >= Bytes ? Drain * 4 / Bytes : 1;  // of a group
  localparam int unsigned PlaceBits = Narrow > 1 ? $clog2(Narrow) : 1;
  localparam int unsigned BeatBits  = Beats > 1 ? $clog2(Beats) : 1;

  logic [8*Drain-1:0] narrow;
  always_comb begin
    for (int i = 0; i < Drain; i++) narrow[8*i+:8] = results_i[32*i+:8];
  end

  logic [PlaceBits-1:0] place_q;  // of the next group in the beat
  logic [BeatBits-1:0]  part_q;   // of the next beat in a group of int32
  logic [DataWidth-1:0] beat_q, beat, wide;
  logic                 step, full, group_ends;
  logic [$clog2(Drain)+2:0] group_bytes;  // less one

  assign group_bytes = {count_i, 2'b00} - 1'b1;

  if (Beats > 1) begin : gen_split
    assign wide = results_i[DataWidth*part_q+:DataWidth];
  end else begin : gen_join
    always_comb begin
      wide = beat_q;
      for (int p = 0; p < Fitting; p++) begin
        if (place_q == PlaceBits'(p)) wide[p*Drain*32+:Drain*32] = results_i;
      end
    end
  end

  always_comb begin
    beat = beat_q;
    for (int p = 0; p < Narrow; p++) begin
      if (place_q == PlaceBits'(p)) beat[p*Drain*8+:Drain*8] = narrow;
    end
    if (raw_i) beat = wide;
  end

  assign group_ends = !raw_i || 32'(part_q) == 32'(group_bytes) / Bytes;
  assign full       = (last_i && group_ends) || place_q == PlaceBits'(raw_i ? Fitting - 1 : Narrow - 1);
  assign step       = valid_i && (!valid_o || ready_i);
  assign ready_o    = step && group_ends;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_o <= 1'b0;
      place_q <= '0;
      part_q  <= '0;
    end else begin
      if (ready_i) valid_o <= 1'b0;
      if (step) begin
        valid_o <= full;
        place_q <= full ? '0 : place_q + 1'b1;
        part_q  <= group_ends ? '0 : part_q + 1'b1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (step) begin
      beat_q <= beat;
      if (full) data_o <= beat;
    end
  end

endmodule
