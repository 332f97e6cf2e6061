// SPDX-License-Identifier: Apache-2.0

// From the sums of a row to results: Drain columns per cycle, group by group, never waiting. Blocks
// of k before the last one leave partial sums here, to which the next ones are added.

module int8_drain #(
  parameter int unsigned Columns   = 64,
  parameter int unsigned Drain     = 4,
  parameter int unsigned Tiles     = 32,
  parameter int unsigned BlockRows = 64,
  parameter int unsigned Groups    = Columns / Drain
) (
  input  logic                               clk_i,            // clock
  input  logic                               rst_ni,           // synchronous reset, active low
  input  logic                               row_push_i,       // a row has been given to the array
  input  int8_pkg::row_t                               row_push_data_i,  // and this follows
  input  logic                               sum_push_i,       // a row of A has been summed
  input  logic signed [24:0]                 sum_push_data_i,
  input  logic                               row_i,            // sums_i[g] counts g cycles later
  input  logic [32*Columns-1:0]              sums_i,
  input  logic [Drain-1:0]                   write_i,          // column parameters, by lane
  input  logic [$clog2(Tiles*Groups)-1:0]    write_group_i,
  input  logic [Drain*int8_pkg::ColumnBits-1:0] records_i,
  output logic                               valid_o,          // results of a group
  output logic [32*Drain-1:0]                results_o,        // int32, or int8 in the low bytes
  output logic                               raw_o,            // they are int32
  output logic                               last_o,           // the group is a row's last
  output logic [$clog2(Drain):0]             count_o           // of its columns that exist
);

  localparam int unsigned Rows        = 16;  // rows between array and drain, at most
  localparam int unsigned GroupBits   = $clog2(Groups);
  localparam int unsigned TileBits    = $clog2(Tiles);
  localparam int unsigned PartialBits = $clog2(BlockRows);
  localparam int unsigned Latency     = 12;  // of int8_requantize
  localparam int unsigned ColumnBits  = int8_pkg::ColumnBits;

  // The row whose groups come out.
  int8_pkg::row_t                 row_head, row, row_q;
  logic signed [24:0]   sum_head, sum, sum_q;
  logic                 active_q, active, row_valid, sum_valid, row_ready, sum_ready;
  logic [GroupBits-1:0] group_q, group;

  stream_fifo #(
    .Width(int8_pkg::RowBits),
    .Depth(Rows)
  ) i_rows (
    .clk_i,
    .rst_ni,
    .data_i (row_push_data_i),
    .valid_i(row_push_i),
    .ready_o(row_ready),
    .data_o (row_head),
    .valid_o(row_valid),
    .ready_i(row_i),
    .count_o()
  );

  stream_fifo #(
    .Width(25),
    .Depth(Rows)
  ) i_sums (
    .clk_i,
    .rst_ni,
    .data_i (sum_push_data_i),
    .valid_i(sum_push_i),
    .ready_o(sum_ready),
    .data_o (sum_head),
    .valid_o(sum_valid),
    .ready_i(row_i),
    .count_o()
  );

  // Row sums of A over all blocks of k.
  (* ram_style = "distributed" *) logic [24:0] row_sums[BlockRows];
  logic signed [24:0] row_sum;
  assign row_sum = sum_head +
                   (row_head.first_k ? '0 : row_sums[row_head.partial[PartialBits-1:0]]);
  always_ff @(posedge clk_i) begin
    if (row_i && !row_head.last_k) row_sums[row_head.partial[PartialBits-1:0]] <= row_sum;
  end

  assign active = row_i || active_q;
  assign group  = row_i ? '0 : group_q;
  assign row    = row_i ? row_head : row_q;
  assign sum    = row_i ? -row_sum : sum_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) active_q <= 1'b0;
    else if (active) active_q <= group != GroupBits'(Groups - 1);
  end

  always_ff @(posedge clk_i) begin
    group_q <= group + 1'b1;
    row_q   <= row;
    sum_q   <= sum;
  end

  // 1: the group's sums, and the partial sums to be added.
  logic [32*Drain-1:0]  partials[BlockRows*Groups];
  logic [32*Drain-1:0]  sums_1_q, partials_1_q;
  logic                            active_1_q;
  logic [GroupBits-1:0]            group_1_q;
  int8_pkg::row_t                            row_1_q;
  logic signed [24:0]              sum_1_q;
  always_ff @(posedge clk_i) begin
    active_1_q   <= rst_ni && active;
    sums_1_q     <= sums_i[32*Drain*group+:32*Drain];
    partials_1_q <= partials[{row.partial[PartialBits-1:0], group}];
    group_1_q    <= group;
    row_1_q      <= row;
    sum_1_q      <= sum;
  end

  // 2: the total, and the column parameters.
  logic [32*Drain-1:0]    sums_2_q;
  logic                   active_2_q;
  logic [GroupBits-1:0]   group_2_q;
  int8_pkg::row_t                   row_2_q;
  logic signed [24:0]     sum_2_q;
  always_ff @(posedge clk_i) begin
    active_2_q <= rst_ni && active_1_q;
    group_2_q  <= group_1_q;
    row_2_q    <= row_1_q;
    sum_2_q    <= sum_1_q;
    for (int i = 0; i < Drain; i++) begin
      sums_2_q[32*i+:32] <= sums_1_q[32*i+:32] +
                            (row_1_q.first_k ? '0 : partials_1_q[32*i+:32]);
    end
  end

  always_ff @(posedge clk_i) begin
    if (active_2_q && !row_2_q.last_k) begin
      partials[{row_2_q.partial[PartialBits-1:0], group_2_q}] <= sums_2_q;
    end
  end

  for (genvar i = 0; i < Drain; i++) begin : gen_lane
    logic [ColumnBits-1:0] store[Tiles*Groups];
    logic [ColumnBits-1:0] column_q;
    int8_pkg::column_t     column;
    always_ff @(posedge clk_i) begin
      if (write_i[i]) store[write_group_i] <= records_i[ColumnBits*i+:ColumnBits];
      column_q <= store[{row_1_q.slot[TileBits-1:0], group_1_q}];
    end
    assign column = column_q;

    int8_requantize i_requantize (
      .clk_i,
      .sum_i          (sums_2_q[32*i+:32]),
      .column_i       (column),
      .minus_row_sum_i(sum_2_q),
      .row_i          (row_2_q),
      .result_o       (results_o[32*i+:32])
    );
  end

  // Which groups are results.
  localparam int unsigned CountBits = $clog2(Drain) + 1;
  localparam int unsigned FlagBits  = CountBits + 2;
  logic [16:0]                 passed, left;
  logic                        ends;
  logic [Latency*FlagBits-1:0] flags_q;
  logic [Latency-1:0]          valid_q;

  assign passed  = 17'(group_2_q) * 17'(Drain);  // columns in the groups before
  assign left    = row_2_q.columns - passed;
  assign ends   = left <= 17'(Drain);

  always_ff @(posedge clk_i) begin
    flags_q <= {flags_q[(Latency-1)*FlagBits-1:0], row_2_q.raw, ends,
                ends ? CountBits'(left) : CountBits'(Drain)};
    if (!rst_ni) valid_q <= '0;
    else valid_q <= {valid_q[Latency-2:0],
                     active_2_q && row_2_q.last_k && row_2_q.columns > passed};
  end

  assign valid_o = valid_q[Latency-1];
  assign {raw_o, last_o, count_o} = flags_q[(Latency-1)*FlagBits+:FlagBits];

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni) begin
      assert (!row_i || (row_valid && sum_valid && !active_q)) else $fatal(1, "a row out of turn");
      assert (!row_push_i || row_ready) else $fatal(1, "more than %0d rows", Rows);
      assert (!sum_push_i || sum_ready) else $fatal(1, "more than %0d rows", Rows);
    end
  end
  initial assert (Groups >= 4);  // a partial sum is written before it is read again
`endif

endmodule
