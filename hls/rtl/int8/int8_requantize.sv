// SPDX-License-Identifier: Apache-2.0

// Finishes a sum, exactly:  acc = sum + bias - zB * row sum  (modulo 2^32), then
//
//   clamp(halfEven(acc * significand / 2^shift) + zero_c, clamp_min, clamp_max)
//
// or, raw, acc itself. With p = acc * significand of 56 bits, floor(p / 2^shift) has below it a guard
// bit and a sticky bit (any bit below the guard): half-even adds guard && (sticky || floor is odd).

module int8_requantize (
  input  logic               clk_i,           // clock
  input  logic signed [31:0] sum_i,           // of products
  input  int8_pkg::column_t            column_i,        // parameters of its column
  input  logic signed [24:0] minus_row_sum_i, // -sum of the row of A
  input  int8_pkg::row_t               row_i,           // how to finish it
  output logic [31:0]        result_o         // Latency cycles later: int32, or int8 in the low byte
);

  // 1 to 3: acc. Registers, product and sum are those of a DSP slice.
  logic signed [31:0] sum_q, bias_q, biased_q, acc_q;
  logic signed [7:0]  zero_q;
  logic signed [24:0] row_sum_q;
  logic signed [32:0] zero_part_q;
  always_ff @(posedge clk_i) begin
    sum_q       <= sum_i;
    bias_q      <= column_i.bias;
    zero_q      <= column_i.zero;
    row_sum_q   <= minus_row_sum_i;
    biased_q    <= sum_q + bias_q;
    zero_part_q <= row_sum_q * zero_q;
    acc_q       <= 32'(zero_part_q) + biased_q;
  end

  // What later stages need, one place further each cycle.
  localparam int unsigned FinishBits = 26;
  logic [3*24-1:0]          significand_q;
  logic [9*6-1:0]           shift_q;
  logic [11*FinishBits-1:0] finish_q;
  always_ff @(posedge clk_i) begin
    significand_q <= {significand_q[2*24-1:0], row_i.raw ? 24'd1 : column_i.significand};
    shift_q       <= {shift_q[8*6-1:0], row_i.raw ? 6'd0 : column_i.shift};
    finish_q      <= {finish_q[10*FinishBits-1:0],
                      row_i.zero_c, row_i.raw, row_i.clamp_min, row_i.clamp_max};
  end

  logic [1:0] shift_a, shift_b, shift_c;
  logic [8:0] zero_c;
  logic       raw;
  logic [7:0] clamp_min, clamp_max;
  assign shift_a   = shift_q[6*6+:2];
  assign shift_b   = shift_q[7*6+2+:2];
  assign shift_c   = shift_q[8*6+4+:2];
  assign zero_c    = finish_q[9*FinishBits+17+:9];
  assign raw       = finish_q[10*FinishBits+16];
  assign clamp_min = finish_q[10*FinishBits+8+:8];
  assign clamp_max = finish_q[10*FinishBits+:8];

  // 4 to 7: p, from two products of 25 x 18 bits.
  logic signed [24:0] factor_q, factor_high_q;
  logic signed [17:0] low_q, high_q, high_late_q;
  logic signed [42:0] low_product_q, high_product_q, low_sum_q, high_sum_q;
  logic [16:0]        low_bits_q;
  always_ff @(posedge clk_i) begin
    factor_q       <= {1'b0, significand_q[2*24+:24]};
    low_q          <= {1'b0, acc_q[16:0]};
    high_q         <= 18'(signed'(acc_q[31:17]));
    low_product_q  <= factor_q * low_q;
    factor_high_q  <= factor_q;
    high_late_q    <= high_q;
    low_sum_q      <= low_product_q;
    high_product_q <= factor_high_q * high_late_q;
    high_sum_q     <= high_product_q + (low_sum_q >>> 17);
    low_bits_q     <= low_sum_q[16:0];
  end

  // 8 to 10: shifts by 0 .. 3, by 0, 4 .. 12, by 0, 16 .. 48. Bit 0 is the guard.
  logic signed [56:0] shift_a_q, shift_b_q, shift_c_q, product;
  logic               sticky_a_q, sticky_b_q, sticky_c_q;
  assign product = {high_sum_q[38:0], low_bits_q, 1'b0};
  always_ff @(posedge clk_i) begin
    shift_a_q  <= product >>> shift_a;
    sticky_a_q <= |(product[2:0] & ~(3'b111 << shift_a));
    shift_b_q  <= shift_a_q >>> {shift_b, 2'b00};
    sticky_b_q <= sticky_a_q || |(shift_a_q[11:0] & ~(12'hfff << {shift_b, 2'b00}));
    shift_c_q  <= shift_b_q >>> {shift_c, 4'b0000};
    sticky_c_q <= sticky_b_q || |(shift_b_q[47:0] & ~(48'hffff_ffff_ffff << {shift_c, 4'b0000}));
  end

  // 11: half-even and the zero point. A floor outside 10 bits is past every clamp by then.
  logic signed [9:0]  floor;
  logic signed [11:0] value_q;
  logic [31:0]        raw_q;
  logic               up;
  always_comb begin
    floor = shift_c_q[10:1];
    if (shift_c_q[56:10] != {47{shift_c_q[56]}}) floor = shift_c_q[56] ? -10'sd512 : 10'sd511;
    up = shift_c_q[0] && (sticky_c_q || shift_c_q[1]);
  end
  always_ff @(posedge clk_i) begin
    value_q <= 12'(floor) + 12'(signed'(zero_c)) + 12'(signed'({1'b0, up}));
    raw_q   <= shift_c_q[32:1];
  end

  // 12: clamp.
  always_ff @(posedge clk_i) begin
    if (raw) result_o <= raw_q;
    else if (value_q < 12'(signed'(clamp_min))) result_o <= 32'(clamp_min);
    else if (value_q > 12'(signed'(clamp_max))) result_o <= 32'(clamp_max);
    else result_o <= 32'(value_q);
  end

endmodule
