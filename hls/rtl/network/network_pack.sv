// SPDX-License-Identifier: Apache-2.0

// From 64-bit words of rows to beats, as axi_write_rows takes them. A row's last beat may be filled in part.

module network_pack #(
  parameter int unsigned DataWidth = 64  // 64 .. 512
) (
  input  logic                 clk_i,    // clock
  input  logic                 rst_ni,   // synchronous reset, active low
  input  logic [63:0]          data_i,   // a word
  input  logic                 last_i,   // the last of its row
  input  logic                 valid_i,
  output logic                 ready_o,
  output logic [DataWidth-1:0] data_o,   // a beat
  output logic                 valid_o,
  input  logic                 ready_i
);

  localparam int unsigned Words = DataWidth / 64;

  if (Words > 1) begin : gen_part
    logic [$clog2(Words)-1:0] part_q;
    logic [DataWidth-1:0]     beat_q;
    logic                     full;

    always_comb begin
      data_o = beat_q;
      data_o[64*part_q+:64] = data_i;
    end
    assign full    = last_i || part_q == '1;
    assign valid_o = valid_i && full;
    assign ready_o = valid_i && (!full || ready_i);

    always_ff @(posedge clk_i) begin
      if (!rst_ni) part_q <= '0;
      else if (ready_o) part_q <= full ? '0 : part_q + 1'b1;
      if (ready_o) beat_q <= data_o;
    end
  end else begin : gen_whole
    assign data_o  = data_i;
    assign valid_o = valid_i;
    assign ready_o = ready_i;
    logic unused;
    assign unused = &{1'b0, clk_i, rst_ni, last_i};
  end

endmodule
