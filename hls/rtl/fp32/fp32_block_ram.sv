// SPDX-License-Identifier: Apache-2.0

// Block RAM with a port to write and one to read. A word is written in parts.

module fp32_block_ram #(
  parameter int unsigned PartWidth = 64,
  parameter int unsigned Parts     = 1,
  parameter int unsigned Depth     = 1024  // words, a power of two
) (
  input  logic                            clk_i,            // clock
  input  logic [Parts-1:0]                write_i,          // write these parts
  input  logic [$clog2(Depth)-1:0]        write_address_i,  // of this word
  input  logic [Parts*PartWidth-1:0]      write_data_i,
  input  logic [$clog2(Depth)-1:0]        read_address_i,   // read this word
  output logic [Parts*PartWidth-1:0]      read_data_o       // two cycles later
);

  (* ram_style = "block" *) logic [Parts*PartWidth-1:0] words[Depth];

  logic [Parts*PartWidth-1:0] word_q;

  always_ff @(posedge clk_i) begin
    for (int unsigned p = 0; p < Parts; p++) begin
      if (write_i[p]) begin
        words[write_address_i][PartWidth*p+:PartWidth] <= write_data_i[PartWidth*p+:PartWidth];
      end
    end
  end

  always_ff @(posedge clk_i) begin
    word_q      <= words[read_address_i];
    read_data_o <= word_q;
  end

endmodule
