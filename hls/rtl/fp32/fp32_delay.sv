// SPDX-License-Identifier: Apache-2.0

// A delay line, without reset so that it fits shift register LUTs.

module fp32_delay #(
  parameter int unsigned Width  = 1,
  parameter int unsigned Cycles = 8  // at least 1
) (
  input  logic             clk_i,   // clock
  input  logic [Width-1:0] data_i,
  output logic [Width-1:0] data_o   // Cycles later
);

  logic [Width*Cycles-1:0] line_q;

  if (Cycles == 1) begin : gen_one
    always_ff @(posedge clk_i) line_q <= data_i;
  end else begin : gen_more
    always_ff @(posedge clk_i) line_q <= {line_q[Width*(Cycles-1)-1:0], data_i};
  end

  assign data_o = line_q[Width*Cycles-1-:Width];

endmodule
