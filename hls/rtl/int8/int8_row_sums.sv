// SPDX-License-Identifier: Apache-2.0

// Sums each row of A, for the zero points of B.

module int8_row_sums #(
  parameter int unsigned Lanes = 8
) (
  input  logic                  clk_i,    // clock
  input  logic                  rst_ni,   // synchronous reset, active low
  input  logic                  valid_i,  // a word
  input  logic [8*Lanes-1:0]    a_i,      // its values
  input  logic                  first_i,  // it begins a row
  input  logic                  last_i,   // it ends a row
  output logic                  valid_o,  // a sum (pulse)
  output logic signed [24:0]    sum_o     // of the row
);

  localparam int unsigned Levels = $clog2(Lanes);
  localparam int unsigned Width  = 8 + Levels;

  // The node n has the operands 2n and 2n + 1; leaves come last.
  logic [2*Lanes*Width-1:0] value;
  logic [Levels:0] valid_q, first_q, last_q;

  assign value[Width-1:0] = '0;
  for (genvar l = 0; l < Lanes; l++) begin : gen_leaf
    logic [7:0] a_q;
    always_ff @(posedge clk_i) a_q <= a_i[8*l+:8];
    assign value[Width*(Lanes+l)+:Width] = Width'(signed'(a_q));
  end
  for (genvar n = 1; n < Lanes; n++) begin : gen_node
    logic [Width-1:0] sum_q;
    always_ff @(posedge clk_i) sum_q <= value[Width*2*n+:Width] + value[Width*(2*n+1)+:Width];
    assign value[Width*n+:Width] = sum_q;
  end

  always_ff @(posedge clk_i) begin
    first_q <= {first_q[Levels-1:0], first_i};
    if (!rst_ni) begin
      valid_q <= '0;
      last_q  <= '0;
      valid_o <= 1'b0;
    end else begin
      valid_q <= {valid_q[Levels-1:0], valid_i};
      last_q  <= {last_q[Levels-1:0], valid_i && last_i};
      valid_o <= last_q[Levels];
    end
    if (valid_q[Levels]) sum_o <= (first_q[Levels] ? '0 : sum_o) + 25'(signed'(value[Width+:Width]));
  end

endmodule
