// SPDX-License-Identifier: Apache-2.0

// clamp(halfEven((sum + bias) * significand / 2^shift) + zero, least, greatest) in 10 cycles.
//
// The shift goes from coarse to fine, and each stage keeps only the bits that can still matter to a
// result of 10 bits: whether more was to the left (over), and whether anything was to the right
// (sticky). An average's significand is rounded up, so what the first stage drops is no remainder.

module network_requantize (
  input  logic                 clk_i,       // clock
  input  logic signed [31:0]   sum_i,
  input  network_pkg::column_t column_i,
  input  logic signed [8:0]    zero_i,      // constant during a layer, as the next three
  input  logic signed [7:0]    least_i,
  input  logic signed [7:0]    greatest_i,
  input  logic                 average_i,
  output logic [31:0]          acc_o,       // 1 cycle later: sum + bias
  output logic [7:0]           result_o     // 10 cycles later
);

  logic signed [31:0] acc_q;
  logic [23:0]        significand_q;
  logic [7*6-1:0]     shift_q;
  always_ff @(posedge clk_i) begin
    acc_q         <= sum_i + column_i.bias;
    significand_q <= column_i.significand;
    shift_q       <= {shift_q[6*6-1:0], column_i.shift};
  end
  assign acc_o = acc_q;

  logic signed [24:0] factor_q, factor_high_q;
  logic signed [17:0] low_q, high_q, high_late_q;
  logic signed [42:0] low_product_q, high_product_q, low_sum_q, high_sum_q;
  logic [16:0]        low_bits_q;
  always_ff @(posedge clk_i) begin
    factor_q       <= {1'b0, significand_q};     // 2
    low_q          <= {1'b0, acc_q[16:0]};
    high_q         <= 18'(signed'(acc_q[31:17]));
    low_product_q  <= factor_q * low_q;          // 3
    factor_high_q  <= factor_q;
    high_late_q    <= high_q;
    low_sum_q      <= low_product_q;             // 4
    high_product_q <= factor_high_q * high_late_q;
    high_sum_q     <= high_product_q + (low_sum_q >>> 17);  // 5
    low_bits_q     <= low_sum_q[16:0];
  end

  logic signed [56:0] product;
  assign product = {high_sum_q[38:0], low_bits_q, 1'b0};  // bit 0: guard

  // 6: by 0, 16, 32, 48. Bits 0 to 25 and the sign are kept.
  logic [1:0]  k;
  logic [25:0] coarse, coarse_q;
  logic        over, over_q, sticky, sticky_q, sign_q;
  assign k = shift_q[4*6+4+:2];
  always_comb begin
    case (k)
      2'd0: begin
        coarse = product[25:0];
        over   = product[56:26] != {31{product[56]}};
        sticky = 1'b0;
      end
      2'd1: begin
        coarse = product[41:16];
        over   = product[56:42] != {15{product[56]}};
        sticky = |product[15:0];
      end
      2'd2: begin
        coarse = {product[56], product[56:32]};
        over   = 1'b0;
        sticky = |product[31:0];
      end
      default: begin
        coarse = {{17{product[56]}}, product[56:48]};
        over   = 1'b0;
        sticky = |product[47:0];
      end
    endcase
  end

  // 7: by 0, 4, 8, 12; bits 0 to 13 and the sign.
  logic [1:0]  m;
  logic [13:0] middle, middle_q;
  logic        over2, over2_q, sticky2, sticky2_q, sign2_q;
  assign m = shift_q[5*6+2+:2];
  always_comb begin
    case (m)
      2'd0: begin
        middle = coarse_q[13:0];
        over2  = coarse_q[25:14] != {12{sign_q}};
        sticky2 = 1'b0;
      end
      2'd1: begin
        middle = coarse_q[17:4];
        over2  = coarse_q[25:18] != {8{sign_q}};
        sticky2 = |coarse_q[3:0];
      end
      2'd2: begin
        middle = coarse_q[21:8];
        over2  = coarse_q[25:22] != {4{sign_q}};
        sticky2 = |coarse_q[7:0];
      end
      default: begin
        middle = coarse_q[25:12];
        over2  = 1'b0;
        sticky2 = |coarse_q[11:0];
      end
    endcase
  end

  // 8: by 0 to 3; a floor of 10 bits and the guard.
  logic [1:0]  n;
  logic [10:0] fine, fine_q;
  logic        over3, over3_q, sticky3, sticky3_q, sign3_q;
  assign n = shift_q[6*6+:2];
  always_comb begin
    case (n)
      2'd0: begin
        fine    = middle_q[10:0];
        over3   = middle_q[13:11] != {3{sign2_q}};
        sticky3 = 1'b0;
      end
      2'd1: begin
        fine    = middle_q[11:1];
        over3   = middle_q[13:12] != {2{sign2_q}};
        sticky3 = middle_q[0];
      end
      2'd2: begin
        fine    = middle_q[12:2];
        over3   = middle_q[13] != sign2_q;
        sticky3 = |middle_q[1:0];
      end
      default: begin
        fine    = middle_q[13:3];
        over3   = 1'b0;
        sticky3 = |middle_q[2:0];
      end
    endcase
  end

  always_ff @(posedge clk_i) begin
    coarse_q  <= coarse;
    over_q    <= over;
    sticky_q  <= sticky && !average_i;
    sign_q    <= product[56];
    middle_q  <= middle;
    over2_q   <= over_q || over2;
    sticky2_q <= sticky_q || sticky2;
    sign2_q   <= sign_q;
    fine_q    <= fine;
    over3_q   <= over2_q || over3 || fine[10] != sign2_q;
    sticky3_q <= sticky2_q || sticky3;
    sign3_q   <= sign2_q;
  end

  // 9: half-even, zero point. 10: clamp.
  logic signed [11:0] value_q;
  logic signed [9:0]  floor;
  logic               up;
  assign floor = over3_q ? {sign3_q, {9{!sign3_q}}} : fine_q[10:1];
  assign up    = fine_q[0] && (sticky3_q || fine_q[1]);
  always_ff @(posedge clk_i) begin
    value_q <= 12'(floor) + 12'(zero_i) + 12'(signed'({1'b0, up}));
    if (value_q < 12'(least_i)) result_o <= least_i;
    else if (value_q > 12'(greatest_i)) result_o <= greatest_i;
    else result_o <= value_q[7:0];
  end

endmodule
