// SPDX-License-Identifier: Apache-2.0

// Writes the rows of a matrix over AXI4, ceil(bytes / beat) beats each, with strobes at the end of
// a row. Bursts end at multiples of MaxBurst beats, so none crosses 4 KiB.

module axi_write_rows #(
  parameter int unsigned DataWidth      = 64,  // 32 .. 512
  parameter int unsigned RowWidth       = 21,  // bits of a number of rows
  parameter int unsigned ByteWidth      = 20,  // bits of a row's bytes and pitch
  parameter int unsigned MaxBurst       = 16,  // beats, a power of two
  parameter int unsigned MaxOutstanding = 16   // bursts without response, a power of two
) (
  input  logic                   clk_i,            // clock
  input  logic                   rst_ni,           // synchronous reset, active low

  input  logic                   request_valid_i,  // a request
  output logic                   request_ready_o,  // is taken
  input  logic [63:0]            address_i,        // of the first row, a multiple of a beat
  input  logic [RowWidth-1:0]    rows_i,           // >= 1
  input  logic [ByteWidth-1:0]   bytes_i,          // of a row, >= 1
  input  logic [ByteWidth-1:0]   pitch_i,          // from row to row, a multiple of a beat
  input  logic                   final_i,          // tell by done_o when all of it is written

  input  logic [DataWidth-1:0]   data_i,           // the next beat
  input  logic                   valid_i,          // data_i counts
  output logic                   ready_o,          // data_i is taken
  output logic                   done_o,           // a request with final_i is written (pulse)

  output logic [63:0]            m_axi_awaddr_o,   // AXI4 write address channel
  output logic [7:0]             m_axi_awlen_o,
  output logic [2:0]             m_axi_awsize_o,
  output logic [1:0]             m_axi_awburst_o,
  output logic                   m_axi_awvalid_o,
  input  logic                   m_axi_awready_i,
  output logic [DataWidth-1:0]   m_axi_wdata_o,    // AXI4 write data channel
  output logic [DataWidth/8-1:0] m_axi_wstrb_o,
  output logic                   m_axi_wlast_o,
  output logic                   m_axi_wvalid_o,
  input  logic                   m_axi_wready_i,
  input  logic [1:0]             m_axi_bresp_i,    // AXI4 write response channel
  input  logic                   m_axi_bvalid_i,
  output logic                   m_axi_bready_o
);

  localparam int unsigned BeatBytes = DataWidth / 8;
  localparam int unsigned BeatBits  = $clog2(BeatBytes);
  localparam int unsigned BurstBits = $clog2(MaxBurst);
  localparam int unsigned BeatWidth = ByteWidth - BeatBits + 1;

  localparam int unsigned PlaceBits = 64 - BeatBits;

  logic [BeatWidth-1:0] beats_q;  // of a row
  logic [ByteWidth-1:0] pitch_q;
  logic                 final_q;
  logic [BeatBytes-1:0] strobe_q;  // of a row's last beat
  logic                 take;

  assign take = request_valid_i && request_ready_o;

  always_ff @(posedge clk_i) begin
    if (take) begin
      beats_q  <= BeatWidth'(((ByteWidth + 1)'(bytes_i) + (ByteWidth + 1)'(BeatBytes - 1)) >> BeatBits);
      pitch_q  <= pitch_i;
      final_q  <= final_i;
      strobe_q <= ~(~BeatBytes'(0) << bytes_i[BeatBits-1:0]) | {BeatBytes{bytes_i[BeatBits-1:0] == 0}};
    end
  end

  // Addresses. left_q counts the beats of the row that have no address yet.
  logic                 asking_q, begin_q;
  logic [PlaceBits-1:0] place_q, row_q;
  logic [RowWidth-1:0]  rows_q;
  logic [BeatWidth-1:0] left_q;
  logic [BurstBits:0]   burst;
  logic                 issue, row_ends, last_burst, flags_ready, flags_valid, flag;

  always_comb begin
    burst = (BurstBits + 1)'(MaxBurst) - {1'b0, place_q[BurstBits-1:0]};
    if (left_q < BeatWidth'(burst)) burst = (BurstBits + 1)'(left_q);
  end

  assign row_ends   = left_q == BeatWidth'(burst);
  assign last_burst = row_ends && rows_q == 1;
  assign issue      = asking_q && flags_ready && (!m_axi_awvalid_o || m_axi_awready_i);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      begin_q         <= 1'b0;
      asking_q        <= 1'b0;
      m_axi_awvalid_o <= 1'b0;
    end else begin
      begin_q <= take;
      if (m_axi_awready_i) m_axi_awvalid_o <= 1'b0;
      if (issue) begin
        m_axi_awvalid_o <= 1'b1;
        if (last_burst) asking_q <= 1'b0;
      end
      if (begin_q) asking_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (take) begin
      place_q <= address_i[63:BeatBits];
      row_q   <= address_i[63:BeatBits] + PlaceBits'(pitch_i[ByteWidth-1:BeatBits]);
      rows_q  <= rows_i;
    end else if (begin_q) begin
      left_q <= beats_q;
    end else if (issue) begin
      m_axi_awaddr_o <= {place_q, BeatBits'(0)};
      m_axi_awlen_o  <= 8'(burst) - 8'd1;
      place_q        <= place_q + PlaceBits'(burst);
      left_q         <= left_q - BeatWidth'(burst);
      if (row_ends) begin
        place_q <= row_q;
        row_q   <= row_q + PlaceBits'(pitch_q[ByteWidth-1:BeatBits]);
        left_q  <= beats_q;
        rows_q  <= rows_q - 1'b1;
      end
    end
  end

  assign m_axi_awsize_o  = 3'(BeatBits);
  assign m_axi_awburst_o = 2'b01;

  // Data, never ahead of its address. The same rows again, beat by beat.
  logic                        writing_q;
  logic [BurstBits-1:0]        index_q, row_index_q;  // of the beat in its burst
  logic [RowWidth-1:0]         data_rows_q;
  logic [BeatWidth-1:0]        data_left_q;
  logic [$clog2(MaxOutstanding):0] ahead_q;  // bursts with address, without all data
  logic                        beat, row_last, burst_last;

  assign row_last   = data_left_q == 1;
  assign burst_last = row_last || index_q == '1;
  assign beat       = valid_i && ready_o;
  assign ready_o    = writing_q && ahead_q != 0 && (!m_axi_wvalid_o || m_axi_wready_i);
  assign request_ready_o = !begin_q && !asking_q && !writing_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      writing_q      <= 1'b0;
      ahead_q        <= '0;
      m_axi_wvalid_o <= 1'b0;
    end else begin
      ahead_q <= ahead_q + ($bits(ahead_q))'(issue) - ($bits(ahead_q))'(beat && burst_last);
      if (m_axi_wready_i) m_axi_wvalid_o <= 1'b0;
      if (beat) m_axi_wvalid_o <= 1'b1;
      if (begin_q) writing_q <= 1'b1;
      else if (beat && row_last && data_rows_q == 1) writing_q <= 1'b0;
    end
  end

  always_ff @(posedge clk_i) begin
    if (take) begin
      data_rows_q <= rows_i;
      index_q     <= address_i[BeatBits+:BurstBits];
      row_index_q <= address_i[BeatBits+:BurstBits] + pitch_i[BeatBits+:BurstBits];
    end else if (begin_q) begin
      data_left_q <= beats_q;
    end else if (beat) begin
      m_axi_wdata_o <= data_i;
      m_axi_wstrb_o <= row_last ? strobe_q : '1;
      m_axi_wlast_o <= burst_last;
      data_left_q   <= data_left_q - 1'b1;
      index_q       <= index_q + 1'b1;
      if (row_last) begin
        data_left_q <= beats_q;
        data_rows_q <= data_rows_q - 1'b1;
        index_q     <= row_index_q;
        row_index_q <= row_index_q + pitch_q[BeatBits+:BurstBits];
      end
    end
  end

  // Responses, in the order of the addresses.
  stream_fifo #(
    .Width(1),
    .Depth(MaxOutstanding)
  ) i_flags (
    .clk_i,
    .rst_ni,
    .data_i (last_burst && final_q),
    .valid_i(issue),
    .ready_o(flags_ready),
    .data_o (flag),
    .valid_o(flags_valid),
    .ready_i(m_axi_bvalid_i),
    .count_o()
  );

  assign m_axi_bready_o = 1'b1;
  assign done_o         = m_axi_bvalid_i && flag;

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && m_axi_bvalid_i) begin
      assert (flags_valid) else $fatal(1, "a response to no burst");
      assert (m_axi_bresp_i == 2'b00) else $fatal(1, "bresp %0d", m_axi_bresp_i);
    end
    if (rst_ni && take) begin
      assert (rows_i != 0 && bytes_i != 0) else $fatal(1, "%0d rows of %0d bytes", rows_i, bytes_i);
      assert (address_i[BeatBits-1:0] == 0) else $fatal(1, "address %h", address_i);
    end
  end
  initial assert (MaxBurst * BeatBytes <= 4096);
`endif

endmodule
