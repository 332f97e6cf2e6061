// SPDX-License-Identifier: Apache-2.0

// The two programs that the stores hold: their names, what their headers say, and where their parts begin.
// The first slot's parts grow from the stores' beginnings, the second one's from their ends.

module network_slots (
  input  logic                 clk_i,         // clock
  input  logic                 rst_ni,        // synchronous reset, active low
  input  logic [31:0]          id_i,          // a call's program: 0 equals nothing
  input  logic [63:0]          address_i,
  output logic                 held_o,        // it is held
  output logic                 held_slot_o,   // there
  input  logic                 slot_i,        // of a call
  output network_pkg::header_t header_o,      // what is there
  output logic [6:0]           records_o,
  output network_pkg::bases_t  bases_o,
  output logic                 beside_o,      // the other slot holds a program
  output network_pkg::sizes_t  other_o,       // of this size
  input  logic                 begin_i,       // from now on the call's program is written to its slot (pulse)
  input  logic                 alone_i,       // and to the other one
  input  logic                 loaded_i,      // all of it is (pulse)
  input  network_pkg::header_t header_i,
  input  network_pkg::sizes_t  sizes_i,
  input  network_pkg::bases_t  bases_i
);

  logic [1:0]           valid_q, equal;
  logic [31:0]          id_0_q, id_1_q;
  logic [63:0]          address_0_q, address_1_q;
  network_pkg::header_t header_0_q, header_1_q;
  network_pkg::sizes_t  sizes_0_q, sizes_1_q;
  network_pkg::bases_t  bases_0_q, bases_1_q;

  assign equal[0]    = valid_q[0] && id_i == id_0_q && address_i == address_0_q;
  assign equal[1]    = valid_q[1] && id_i == id_1_q && address_i == address_1_q;
  assign held_o      = equal != 0 && id_i != 0;
  assign held_slot_o = equal[1];
  assign header_o    = slot_i ? header_1_q : header_0_q;
  assign records_o   = slot_i ? sizes_1_q.records : sizes_0_q.records;
  assign bases_o     = slot_i ? bases_1_q : bases_0_q;
  assign beside_o    = slot_i ? valid_q[0] : valid_q[1];
  assign other_o     = slot_i ? sizes_0_q : sizes_1_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q <= '0;
    end else if (begin_i) begin
      valid_q[slot_i] <= 1'b0;
      if (alone_i) valid_q <= '0;
    end else if (loaded_i) begin
      valid_q[slot_i] <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (loaded_i && !slot_i) begin
      id_0_q      <= id_i;
      address_0_q <= address_i;
      header_0_q  <= header_i;
      sizes_0_q   <= sizes_i;
      bases_0_q   <= bases_i;
    end
    if (loaded_i && slot_i) begin
      id_1_q      <= id_i;
      address_1_q <= address_i;
      header_1_q  <= header_i;
      sizes_1_q   <= sizes_i;
      bases_1_q   <= bases_i;
    end
  end

endmodule
