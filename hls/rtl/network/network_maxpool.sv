// SPDX-License-Identifier: Apache-2.0

// The greatest code of a window for 8 pixels x 8 channels, a tap per cycle; then two pixels per cycle,
// with the timing of the results of the array.

module network_maxpool (
  input  logic               clk_i,     // clock
  input  network_pkg::beat_t beat_i,    // delayed here
  input  logic [511:0]       pixels_i,  // 4 cycles behind
  output logic [127:0]       result_o   // 25 cycles behind a row's last beat, then more
);

  localparam int unsigned Delay = 18;

  logic [3:0] valid_q, first_q;
  logic [4:0] last_q, two_q;
  always_ff @(posedge clk_i) begin
    valid_q <= {valid_q[2:0], beat_i.valid};
    first_q <= {first_q[2:0], beat_i.first};
    last_q  <= {last_q[3:0], beat_i.last};
    two_q   <= {two_q[3:0], beat_i.two};
  end

  logic [511:0] greatest_q, hold_q;
  for (genvar i = 0; i < 64; i++) begin : gen_code
    always_ff @(posedge clk_i) begin
      if (valid_q[3] && (first_q[3] || signed'(pixels_i[8*i+:8]) > signed'(greatest_q[8*i+:8]))) begin
        greatest_q[8*i+:8] <= pixels_i[8*i+:8];
      end
    end
  end

  // With a stride of 2 every second pixel counts.
  logic [1:0]           pair_q;
  logic                 two_hold_q;
  logic [127:0]         pick_q;
  logic [Delay*128-1:0] delay_q;
  always_ff @(posedge clk_i) begin
    pair_q <= pair_q + 1'b1;
    if (last_q[4]) begin
      hold_q     <= greatest_q;
      two_hold_q <= two_q[4];
      pair_q     <= '0;
    end
    pick_q  <= two_hold_q ? {hold_q[256*pair_q[0]+128+:64], hold_q[256*pair_q[0]+:64]}
                          : hold_q[128*pair_q+:128];
    delay_q <= {delay_q[(Delay-1)*128-1:0], pick_q};
  end
  assign result_o = delay_q[(Delay-1)*128+:128];

endmodule
