// SPDX-License-Identifier: Apache-2.0

// One multiplier and one adder, which serve the sums of Interleave columns for each tile of a row
// block in turn. A sum lies in distributed RAM while the adder is at others.

module fp32_pe #(
  parameter bit          Int8Weights = 1'b0,  // b_i is a weight_t, else a number_t
  parameter int unsigned BWidth      = 35     // of b_i
) (
  input  logic              clk_i,           // clock
  input  fp32_pkg::number_t a_i,             // element of A
  input  logic [BWidth-1:0] b_i,             // element of B
  input  logic [4:0]        read_address_i,  // tile and group, one cycle before their product
  input  logic              clear_i,         // with it: the sum begins at +0
  input  logic [4:0]        write_address_i, // tile and group of sum_o
  input  logic              write_i,         // keep sum_o
  output fp32_pkg::number_t sum_o            // AddLatency after the product
);

  (* ram_style = "distributed" *) logic [fp32_pkg::NumberBits-1:0] sums[32];

  fp32_pkg::number_t product, sum_q;

  if (Int8Weights) begin : gen_weight
    fp32_multiply_weight i_multiply (
      .clk_i,
      .a_i,
      .b_i,
      .product_o(product)
    );
  end else begin : gen_number
    fp32_multiply i_multiply (
      .clk_i,
      .a_i,
      .b_i,
      .product_o(product)
    );
  end

  always_ff @(posedge clk_i) begin
    sum_q <= sums[read_address_i];
    if (clear_i) begin
      sum_q      <= '0;
      sum_q.zero <= 1'b1;
    end
  end

  fp32_add i_add (
    .clk_i,
    .a_i(sum_q),
    .b_i(product),
    .sum_o
  );

  always_ff @(posedge clk_i) begin
    if (write_i) sums[write_address_i] <= sum_o;
  end

endmodule
