// SPDX-License-Identifier: Apache-2.0

// Holds the records of programs and fetches the next one while a layer runs, with places where the program's
// parts begin. A record is refused before anything of it is done; one that is valid may still make no sense,
// which the array does not mind.

module network_fetch (
  input  logic                clk_i,      // clock
  input  logic                rst_ni,     // synchronous reset, active low
  input  logic                write_i,    // stores a word of the records
  input  logic [8:0]          address_i,
  input  logic [63:0]         data_i,
  input  logic                start_i,    // fetch a program's first one (pulse)
  input  logic [6:0]          records_i,  // it has so many
  input  network_pkg::bases_t bases_i,    // its parts begin there
  input  logic                take_i,     // record_o is taken: fetch the next one
  output logic                valid_o,    // record_o counts
  output record_pkg::record_t record_o,
  output logic [5:0]          number_o,   // of it
  output logic [7:0]          error_o     // why it is refused, or NoError
);

  localparam int unsigned RecordBits = $clog2(8 * target_pkg::Records);

  (* ram_style = "block" *) logic [63:0] store[8*target_pkg::Records];
  network_pkg::bases_t bases_q;
  logic [63:0]         word_q;
  logic [6:0]          records_q;
  logic [5:0]          number_q, place_q;  // place_q: in the store
  logic [3:0]          step_q;  // 0 to 7: the word that is asked for; 10: all is there
  logic                asked_q, restart;

  assign restart = start_i || take_i;

  always_ff @(posedge clk_i) begin
    if (write_i) store[RecordBits'(address_i)] <= data_i;
    word_q <= store[RecordBits'({place_q, step_q[2:0]})];
  end

  always_ff @(posedge clk_i) begin
    asked_q <= !step_q[3] && !restart;
    if (!rst_ni) step_q <= 4'd10;
    else if (restart) step_q <= '0;
    else if (step_q < 4'd10) step_q <= step_q + 1'b1;
    if (start_i) begin
      number_q  <= '0;
      place_q   <= bases_i.records;
      bases_q   <= bases_i;
      records_q <= records_i;
    end else if (take_i) begin
      number_q <= record_o.last ? '0 : number_q + 1'b1;
      place_q  <= record_o.last ? bases_q.records : place_q + 1'b1;
    end
  end

  logic [7:0] sum_q, sum;
  always_comb begin
    sum = sum_q;
    for (int i = 0; i < 8; i++) sum += word_q[8*i+:8];
  end
  always_ff @(posedge clk_i) begin
    if (restart) begin
      sum_q <= '0;
    end else if (asked_q) begin
      sum_q    <= sum;
      record_o <= {word_q, record_o[511:64]};
    end else if (step_q == 4'd9) begin
      record_o.weight_entry <= record_o.weight_entry +
                               (record_o.kind == network_pkg::Convolution ? bases_q.weights : bases_q.taps);
      record_o.column_entry <= record_o.column_entry + bases_q.columns;
      record_o.table_id     <= record_o.table_id + bases_q.tables;
    end
  end

  assign valid_o  = step_q == 4'd10;
  assign number_o = number_q;
  always_comb begin
    error_o = network_pkg::NoError;
    if (record_o.last != ({1'b0, number_q} == records_q - 1'b1)) error_o = network_pkg::BadCount;
    if (sum_q != 8'h5a || record_o.version != 8'd1 || record_o.kind == 2'd3 || record_o.folds_log2 == 2'd3 ||
        record_o.kernel_width == 0 || record_o.kernel_height == 0 || record_o.in_blocks == 0 ||
        record_o.out_width == 0 || record_o.out_height == 0 || record_o.row_pixels == 0 || record_o.tiles == 0) begin
      error_o = network_pkg::BadRecord;
    end
  end

endmodule
