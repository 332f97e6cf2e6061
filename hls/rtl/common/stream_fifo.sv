// SPDX-License-Identifier: Apache-2.0

// A queue in distributed RAM; the oldest word stands at the output.

module stream_fifo #(
  parameter int unsigned Width = 64,
  parameter int unsigned Depth = 16  // words, a power of two
) (
  input  logic                     clk_i,    // clock
  input  logic                     rst_ni,   // synchronous reset, active low
  input  logic [Width-1:0]         data_i,   // word to append
  input  logic                     valid_i,  // data_i counts
  output logic                     ready_o,  // data_i is taken
  output logic [Width-1:0]         data_o,   // oldest word
  output logic                     valid_o,  // data_o counts
  input  logic                     ready_i,  // data_o is taken
  output logic [$clog2(Depth):0]   count_o   // words held
);

  localparam int unsigned PointerWidth = $clog2(Depth);

  (* ram_style = "distributed" *) logic [Width-1:0] words[Depth];
  logic [PointerWidth:0] write_q, read_q;
  logic push, pop;

  assign count_o = write_q - read_q;
  assign ready_o = !count_o[PointerWidth];
  assign valid_o = write_q != read_q;
  assign data_o  = words[read_q[PointerWidth-1:0]];
  assign push    = valid_i && ready_o;
  assign pop     = valid_o && ready_i;

  always_ff @(posedge clk_i) begin
    if (push) words[write_q[PointerWidth-1:0]] <= data_i;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q <= '0;
      read_q  <= '0;
    end else begin
      if (push) write_q <= write_q + 1'b1;
      if (pop) read_q <= read_q + 1'b1;
    end
  end

`ifndef SYNTHESIS
  initial assert (Depth >= 2 && (Depth & (Depth - 1)) == 0);
`endif

endmodule
