// SPDX-License-Identifier: Apache-2.0

// Adds two codes of different scales: clamp(halfEven(((r - z1) m1 + (s - z2) m2) / 2^shift) + zero) in 7
// cycles. As in network_requantize the shift goes from coarse to fine, and keeps what can still matter.

module network_add (
  input  logic                clk_i,     // clock
  input  record_pkg::record_t record_i,  // what is fixed during a layer
  input  logic signed [7:0]   r_i,       // the layer's own code
  input  logic signed [7:0]   s_i,       // the other tensor's
  output logic [7:0]          result_o
);

  logic signed [8:0]  r_q, s_q;
  logic signed [26:0] r_product_q, s_product_q;
  logic signed [27:0] sum_q;
  always_ff @(posedge clk_i) begin
    r_q         <= 9'(r_i) - 9'(signed'(record_i.add_zero1));  // 1
    s_q         <= 9'(s_i) - 9'(signed'(record_i.add_zero2));
    r_product_q <= r_q * signed'({1'b0, record_i.add_m1});     // 2
    s_product_q <= s_q * signed'({1'b0, record_i.add_m2});
    sum_q       <= 28'(r_product_q) + 28'(s_product_q);        // 3
  end

  // 4: by 0, 8, 16, 24. More than 31 gives 0, as 31 does.
  logic [4:0]  shift_q;
  logic [28:0] guarded;  // bit 0: guard
  logic [17:0] coarse, coarse_q;
  logic        sign, sign_q, over, over_q, sticky, sticky_q;
  assign guarded = {sum_q, 1'b0};
  assign sign    = sum_q[27];
  always_comb begin
    case (shift_q[4:3])
      2'd0: begin
        coarse = guarded[17:0];
        over   = guarded[28:18] != {11{sign}};
        sticky = 1'b0;
      end
      2'd1: begin
        coarse = guarded[25:8];
        over   = guarded[28:26] != {3{sign}};
        sticky = |guarded[7:0];
      end
      2'd2: begin
        coarse = {{5{sign}}, guarded[28:16]};
        over   = 1'b0;
        sticky = |guarded[15:0];
      end
      default: begin
        coarse = {{13{sign}}, guarded[28:24]};
        over   = 1'b0;
        sticky = |guarded[23:0];
      end
    endcase
  end

  // 5: by 0 to 7; a floor of 10 bits and the guard.
  logic [2:0]  by;
  logic [17:0] fine, dropped;
  logic [10:0] fine_q;
  logic        sign2_q, over2_q, sticky2_q;
  assign by      = shift_q[2:0];
  assign fine    = 18'(signed'(coarse_q) >>> by);
  assign dropped = coarse_q & ~(18'h3ffff << by);
  always_ff @(posedge clk_i) begin
    shift_q   <= record_i.add_shift[5] ? 5'd31 : record_i.add_shift[4:0];
    coarse_q  <= coarse;
    sign_q    <= sign;
    over_q    <= over;
    sticky_q  <= sticky;
    fine_q    <= fine[10:0];
    sign2_q   <= sign_q;
    over2_q   <= over_q || fine[17:10] != {8{sign_q}};
    sticky2_q <= sticky_q || dropped != 0;
  end

  // 6: half-even, zero point. 7: clamp.
  logic signed [9:0]  floor;
  logic signed [11:0] value_q;
  logic               up;
  assign floor = over2_q ? {sign2_q, {9{!sign2_q}}} : fine_q[10:1];
  assign up    = fine_q[0] && (sticky2_q || fine_q[1]);
  always_ff @(posedge clk_i) begin
    value_q <= 12'(floor) + 12'(signed'(record_i.add_zero_out)) + 12'(signed'({1'b0, up}));
    if (value_q < 12'(signed'(record_i.add_least))) result_o <= record_i.add_least;
    else if (value_q > 12'(signed'(record_i.add_greatest))) result_o <= record_i.add_greatest;
    else result_o <= value_q[7:0];
  end

endmodule
