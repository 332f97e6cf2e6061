// SPDX-License-Identifier: Apache-2.0

// Writes images to the activation memory: pixel after pixel, block after block. With two places the next
// image is loaded while layers still use the one before.

module network_loader (
  input  logic                 clk_i,     // clock
  input  logic                 rst_ni,    // synchronous reset, active low
  input  logic                 start_i,   // a run begins
  input  logic [15:0]          images_i,  // of it
  input  network_pkg::header_t header_i,
  input  logic                 free_i,    // the oldest image's place is free again (pulse)
  input  logic                 valid_i,   // a word of the image
  output logic                 ready_o,   // is taken
  output logic                 write_o,   // it has this place
  output logic [2:0]           bank_o,
  output logic [9:0]           line_o,
  input  logic                 taken_i,   // and is written
  output logic                 all_o,     // the oldest image that is not freed is loaded
  output logic [15:0]          count_o,   // else, so many words of it
  output logic                 gone_o     // there is none, and none will come
);

  logic [15:0] left_q, count_q;  // images, words
  logic [1:0]  held_q;           // images loaded or being loaded, not freed
  logic        busy_q, odd_q;
  logic [7:0]  block_q;
  logic [2:0]  turn_q;
  logic [12:0] pixel_q;
  logic [9:0]  plane_q, plane_base_q, base;
  logic        begins, written, freed;

  assign begins  = !busy_q && left_q != 0 && held_q < (header_i.twice ? 2'd2 : 2'd1);
  assign write_o = busy_q && valid_i;
  assign ready_o = busy_q && taken_i;
  assign written = write_o && taken_i;
  assign freed   = free_i && held_q != 0;
  assign bank_o  = pixel_q[2:0] + turn_q;
  assign line_o  = plane_q + pixel_q[12:3];
  assign all_o   = held_q == 2'd2 || (held_q == 2'd1 && !busy_q);
  assign count_o = held_q == 2'd0 ? '0 : count_q;
  assign gone_o  = held_q == 0 && !busy_q && left_q == 0;
  assign base    = odd_q && header_i.twice ? header_i.base1 : header_i.base0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      left_q <= '0;
      busy_q <= 1'b0;
      held_q <= '0;
    end else if (start_i) begin
      left_q <= images_i;
      busy_q <= 1'b0;
      held_q <= '0;
    end else begin
      held_q <= held_q + 2'(begins) - 2'(freed);
      left_q <= left_q - 16'(begins);
      if (begins) busy_q <= 1'b1;
      else if (written && count_q == header_i.image_words - 1'b1) busy_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (start_i) begin
      odd_q <= 1'b0;
    end else if (begins) begin
      odd_q        <= !odd_q;
      count_q      <= '0;
      block_q      <= '0;
      turn_q       <= '0;
      pixel_q      <= '0;
      plane_q      <= base;
      plane_base_q <= base;
    end else if (written) begin
      count_q <= count_q + 1'b1;
      block_q <= block_q + 1'b1;
      turn_q  <= turn_q + 1'b1;
      plane_q <= plane_q + header_i.pitch;
      if (block_q == header_i.blocks - 1'b1) begin
        block_q <= '0;
        turn_q  <= '0;
        pixel_q <= pixel_q + 1'b1;
        plane_q <= plane_base_q;
      end
    end
  end

endmodule
