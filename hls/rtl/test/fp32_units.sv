// SPDX-License-Identifier: Apache-2.0

// The floating-point units side by side, between fp32 bits, for their proof.
module fp32_units (
    input  logic              clk_i,
    input  logic       [31:0] a_i,         // fp32
    input  logic       [31:0] b_i,         // fp32
    input  logic signed [7:0] code_i,      // of a weight
    input  logic signed [7:0] zero_i,      // its zero point
    output logic       [31:0] product_o,   // a * b, 5 cycles later
    output logic       [31:0] weighted_o,  // a * (code - zero), 6 cycles later
    output logic       [31:0] sum_o,       // a + b, 6 cycles later
    output logic              canonical_o  // the flags of all three agree with their fields
);

  fp32_pkg::number_t a, b, a_q, a_q2, product, weighted, sum;
  fp32_pkg::weight_t weight;

  fp32_unpack u_unpack_a (
      .bits_i  (a_i),
      .number_o(a)
  );

  fp32_unpack u_unpack_b (
      .bits_i  (b_i),
      .number_o(b)
  );

  always_ff @(posedge clk_i) begin
    a_q <= a;
    a_q2 <= a_q;
  end

  fp32_weight u_weight (
      .clk_i   (clk_i),
      .code_i  (code_i),
      .zero_i  (zero_i),
      .weight_o(weight)
  );

  fp32_multiply u_multiply (
      .clk_i    (clk_i),
      .a_i      (a),
      .b_i      (b),
      .product_o(product)
  );

  fp32_multiply_weight u_multiply_weight (
      .clk_i    (clk_i),
      .a_i      (a_q2),
      .b_i      (weight),
      .product_o(weighted)
  );

  fp32_add u_add (
      .clk_i(clk_i),
      .a_i  (a),
      .b_i  (b),
      .sum_o(sum)
  );

  fp32_pack u_pack_product (
      .number_i(product),
      .bits_o  (product_o)
  );

  fp32_pack u_pack_weighted (
      .number_i(weighted),
      .bits_o  (weighted_o)
  );

  fp32_pack u_pack_sum (
      .number_i(sum),
      .bits_o  (sum_o)
  );

  fp32_pkg::number_t product_again, weighted_again, sum_again;

  fp32_unpack u_unpack_product (
      .bits_i  (product_o),
      .number_o(product_again)
  );

  fp32_unpack u_unpack_weighted (
      .bits_i  (weighted_o),
      .number_o(weighted_again)
  );

  fp32_unpack u_unpack_sum (
      .bits_i  (sum_o),
      .number_o(sum_again)
  );

  assign canonical_o = product_again == product && weighted_again == weighted && sum_again == sum;

endmodule
