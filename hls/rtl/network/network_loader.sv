// SPDX-License-Identifier: Apache-2.0

// Writes images to the activation memory: pixel after pixel, block after block. With two places the next
// image is loaded while layers still use the one before. Images of the next call follow those of the one
// that runs, if both have the same program.

module network_loader (
  input  logic                 clk_i,     // clock
  input  logic                 rst_ni,    // synchronous reset, active low
  input  logic                 start_i,   // load the images of a call (pulse), when it is ready
  input  logic                 fresh_i,   // with start_i: no image is left
  input  logic [15:0]          images_i,  // so many
  input  network_pkg::header_t header_i,
  output logic                 ready_o,   // all images have come
  input  logic                 run_i,     // the call runs (pulse)
  input  logic                 free_i,    // the run does not need its oldest image any more (pulse)
  input  logic                 drop_i,    // nor any other
  output logic                 clear_o,   // it has none
  input  logic                 valid_i,   // a word of the image
  output logic                 take_o,    // is taken
  output logic                 write_o,   // it has this place
  output logic [2:0]           bank_o,
  output logic [9:0]           line_o,
  input  logic                 taken_i,   // and is written
  output logic                 all_o,     // the run's oldest image is loaded; it is told a cycle after free_i
  output logic [15:0]          count_o,   // else, so many words of it
  output logic                 odd_o,     // with run_i: the first image goes to the second place
  input  logic                 odd_i,     // the run is at an image of the second place, if there are two
  output logic [9:0]           base_o     // so that begins here
);

  network_pkg::header_t header_q;

  logic [15:0] left_q, runs_q, count_q;  // images to come, of the run, words
  logic [1:0]  held_q;                   // images loaded or being loaded, not freed
  logic        busy_q, odd_q;
  logic [7:0]  block_q;
  logic [2:0]  turn_q;
  logic [12:0] pixel_q;
  logic [9:0]  plane_q, plane_base_q, base;
  logic        begins, written, ends, all, freed, first_odd_q;

  assign begins  = !busy_q && left_q != 0 && held_q < (header_q.twice ? 2'd2 : 2'd1);
  assign ready_o = left_q == 0 && !busy_q;
  assign write_o = busy_q && valid_i;
  assign take_o  = busy_q && taken_i;
  assign written = write_o && taken_i;
  assign ends    = written && count_q == header_q.image_words - 1'b1;
  assign all     = !clear_o && (held_q == 2'd2 || (held_q == 2'd1 && !busy_q));
  assign freed   = held_q != 0 && !clear_o && (free_i || (drop_i && all));
  assign bank_o  = pixel_q[2:0] + turn_q;
  assign line_o  = plane_q + pixel_q[12:3];
  assign clear_o = runs_q == 0;
  assign odd_o   = start_i ? odd_q && !fresh_i : first_odd_q;
  assign base_o  = odd_i && header_q.twice ? header_q.base1 : header_q.base0;
  assign base    = odd_q && header_q.twice ? header_q.base1 : header_q.base0;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      left_q <= '0;
      runs_q <= '0;
      busy_q <= 1'b0;
      held_q <= '0;
    end else begin
      held_q <= held_q + 2'(begins) - 2'(freed);
      left_q <= start_i ? images_i : left_q - 16'(begins);
      runs_q <= run_i ? images_i : runs_q - 16'(freed);
      if (begins) busy_q <= 1'b1;
      else if (ends) busy_q <= 1'b0;
    end
  end

  // Registers, as a beat of the array waits for them. A word counts in the cycle after it is written; what
  // is freed is seen a cycle later, while no layer runs.
  always_ff @(posedge clk_i) begin
    all_o   <= rst_ni && (all || (ends && !clear_o && held_q == 2'd1));
    count_o <= clear_o || held_q == 2'd0 ? '0 : count_q + 16'(written);
  end

  always_ff @(posedge clk_i) begin
    if (start_i) header_q <= header_i;
    first_odd_q <= odd_o;
    if (start_i && fresh_i) begin
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
      plane_q <= plane_q + header_q.pitch;
      if (block_q == header_q.blocks - 1'b1) begin
        block_q <= '0;
        turn_q  <= '0;
        pixel_q <= pixel_q + 1'b1;
        plane_q <= plane_base_q;
      end
    end
  end

endmodule
