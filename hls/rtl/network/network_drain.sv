// SPDX-License-Identifier: Apache-2.0

// From the sums of a row to codes, a quarter (16 results, two words) per cycle, never waiting.

module network_drain (
  input  logic                clk_i,          // clock
  input  logic                rst_ni,         // synchronous reset, active low
  input  record_pkg::record_t record_i,       // constant while rows are in flight
  input  logic                row_i,          // quarter q's sums count q cycles later
  input  network_pkg::row_t   row_data_i,
  input  logic [2047:0]       sums_i,
  input  logic [127:0]        pool_i,         // a quarter's maxima: 12 cycles behind its sums
  input  logic                table_write_i,  // stores a table's code
  input  logic [10:0]         table_entry_i,
  input  logic [7:0]          table_i,
  input  logic                write_i,        // stores column parameters
  input  logic [8:0]          write_entry_i,
  input  logic [3:0]          write_lane_i,
  input  logic [61:0]         column_i,
  output logic                valid_o,        // results of a quarter
  output logic                last_o,         // the last of a row
  output logic [1:0]          words_o,        // which of its words exist
  output logic [5:0]          bank_o,         // where they belong
  output logic [19:0]         line_o,
  output logic [127:0]        result_o,
  output logic                raw_valid_o,    // sums of a quarter
  output logic [1:0]          raw_words_o,
  output logic [511:0]        raw_o
);

  localparam int unsigned Latency = 13;  // sums and parameters, network_requantize, tables

  logic              active_q, active;
  logic [1:0]        quarter_q, quarter, last_quarter;
  network_pkg::row_t row_q, row;
  logic [511:0]      sums_q, sums_qq;

  always_comb begin
    last_quarter = 2'd3;
    if (record_i.kind == network_pkg::Depthwise) last_quarter = 2'd2;
    if (record_i.kind == network_pkg::MaxPool && record_i.fold_stride == 3'd2) last_quarter = 2'd1;
  end

  assign active  = row_i || active_q;
  assign quarter = row_i ? '0 : quarter_q;
  assign row     = row_i ? row_data_i : row_q;

  always_ff @(posedge clk_i) begin
    quarter_q <= quarter + 1'b1;
    row_q     <= row;
    sums_q    <= sums_i[512*quarter+:512];
    sums_qq   <= sums_q;
    if (!rst_ni) active_q <= 1'b0;
    else active_q <= active && quarter != last_quarter;
  end

  // What goes with a quarter: in valid_q[i], i + 1 cycles behind its sums.
  logic [Latency-1:0]        valid_q, end_q;
  logic [1:0]                exist;
  logic [5:0]                bank;
  logic [19:0]               line;
  logic [8:0]                column_entry;
  logic [2*(Latency-1)-1:0]  exist_q;
  logic [26*(Latency-2)-1:0] place_q;

  network_place i_place (
    .clk_i,
    .record_i,
    .row_i    (row),
    .quarter_i(quarter),
    .exist_o  (exist),
    .bank_o   (bank),
    .line_o   (line),
    .column_o (column_entry)
  );

  always_ff @(posedge clk_i) begin
    valid_q <= rst_ni ? {valid_q[Latency-2:0], active} : '0;
    end_q   <= {end_q[Latency-2:0], quarter == last_quarter};
    exist_q <= {exist_q[2*(Latency-2)-1:0], exist};
    place_q <= {place_q[26*(Latency-3)-1:0], bank, line};
  end

  assign valid_o     = valid_q[Latency-1];
  assign last_o      = valid_o && end_q[Latency-1];
  assign words_o     = exist_q[2*(Latency-1)-1-:2] & {2{valid_o}};
  assign {bank_o, line_o} = place_q[26*(Latency-2)-1-:26];
  assign raw_valid_o = valid_q[2];
  assign raw_words_o = exist_q[3:2];

  // Column 2k + h of a quarter is channel k of its word h.
  logic [127:0] value, value_q, looked;
  for (genvar i = 0; i < 16; i++) begin : gen_lane
    localparam int unsigned Code = 8 * (i % 2) + i / 2;
    (* ram_style = "block" *) logic [61:0] store[target_pkg::ColumnEntries];
    logic [61:0] column_q;
    logic [7:0]  result;
    always_ff @(posedge clk_i) begin
      if (write_i && write_lane_i == 4'(i)) store[write_entry_i] <= column_i;
      column_q <= store[column_entry];
    end

    network_requantize i_requantize (
      .clk_i,
      .sum_i     (sums_qq[32*i+:32]),
      .column_i  (column_q),
      .zero_i    (record_i.zero_out),
      .least_i   (record_i.least),
      .greatest_i(record_i.greatest),
      .average_i (record_i.average),
      .acc_o     (raw_o[32*Code+:32]),
      .result_o  (result)
    );
    assign value[8*Code+:8] = record_i.kind == network_pkg::MaxPool ? pool_i[8*Code+:8] : result;
  end

  network_tables i_tables (
    .clk_i,
    .write_i(table_write_i),
    .entry_i(table_entry_i),
    .code_i (table_i),
    .table_i(record_i.table_id),
    .codes_i(value),
    .codes_o(looked)
  );
  always_ff @(posedge clk_i) value_q <= value;
  assign result_o = record_i.table_ ? looked : value_q;

endmodule
