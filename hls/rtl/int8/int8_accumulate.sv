// SPDX-License-Identifier: Apache-2.0

// One column: adds the parts of a word in a tree of log2(Parts) stages, then to the row's sum.
//
// A part may bring an extra 1. Each adder takes that of its right operand as its carry and passes
// that of its left operand on, so none costs an adder.

module int8_accumulate #(
  parameter int unsigned Parts = 4,   // a power of two
  parameter int unsigned Width = 18   // of a part
) (
  input  logic                         clk_i,    // clock
  input  logic [Parts*Width-1:0]       parts_i,  // signed
  input  logic [Parts-1:0]             extra_i,  // to be added
  input  logic                         valid_i,  // log2(Parts) cycles later: the word counts
  input  logic                         first_i,  // and begins a row
  output logic [31:0]                  sum_o     // of the row up to that word
);

  localparam int unsigned Levels   = $clog2(Parts);
  localparam int unsigned SumWidth = Width + Levels;

  // The node n of 1 .. 2 * Parts - 1 has the operands 2n and 2n + 1; leaves come last.
  logic [2*Parts*SumWidth-1:0] value;
  logic [2*Parts-1:0]          extra;

  for (genvar p = 0; p < Parts; p++) begin : gen_leaf
    assign value[SumWidth*(Parts+p)+:SumWidth] = SumWidth'(signed'(parts_i[Width*p+:Width]));
    assign extra[Parts+p] = extra_i[p];
  end

  for (genvar n = 1; n < Parts; n++) begin : gen_node
    logic [SumWidth:0]   sum;  // one bit below for the carry
    logic [SumWidth-1:0] value_q;
    logic                extra_q;
    assign sum = {value[SumWidth*2*n+:SumWidth], 1'b1} +
                 {value[SumWidth*(2*n+1)+:SumWidth], extra[2*n+1]};
    always_ff @(posedge clk_i) begin
      value_q <= sum[SumWidth:1];
      extra_q <= extra[2*n];
    end
    assign value[SumWidth*n+:SumWidth] = value_q;
    assign extra[n] = extra_q;
  end

  assign value[SumWidth-1:0] = '0;
  assign extra[0] = 1'b0;

  logic [31:0] base;
  logic [32:0] sum;
  assign base = first_i ? '0 : sum_o;
  assign sum  = {base, 1'b1} + {32'(signed'(value[SumWidth+:SumWidth])), extra[1]};

  always_ff @(posedge clk_i) begin
    if (valid_i) sum_o <= sum[32:1];
  end

endmodule
