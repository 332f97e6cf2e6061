// SPDX-License-Identifier: Apache-2.0

// Reads the rows of a matrix over AXI4: rows * ceil(bytes / beat) beats, in order.
//
// Bursts end at multiples of MaxBurst beats, so none crosses 4 KiB. A burst is asked for only when
// the queue has room for all of it, so rready never falls and masters that share an interconnect
// cannot block each other. The next request is accepted while beats of the last are in flight.

module axi_read_rows #(
  parameter int unsigned DataWidth = 64,   // 32 .. 512
  parameter int unsigned RowWidth  = 21,   // bits of a number of rows
  parameter int unsigned ByteWidth = 20,   // bits of a row's bytes and pitch
  parameter int unsigned MaxBurst  = 16,   // beats, a power of two; MaxBurst * DataWidth / 8 <= 4096
  parameter int unsigned FifoDepth = 128   // beats, a power of two >= 2 * MaxBurst
) (
  input  logic                 clk_i,            // clock
  input  logic                 rst_ni,           // synchronous reset, active low

  input  logic                 request_valid_i,  // a request
  output logic                 request_ready_o,  // is taken
  input  logic [63:0]          address_i,        // of the first row; rounded down to a beat
  input  logic [RowWidth-1:0]  rows_i,           // >= 1
  input  logic [ByteWidth-1:0] bytes_i,          // of a row, >= 1
  input  logic [ByteWidth-1:0] pitch_i,          // from row to row, a multiple of a beat

  output logic [DataWidth-1:0] data_o,           // the next beat
  output logic                 valid_o,          // data_o counts
  input  logic                 ready_i,          // data_o is taken

  output logic [63:0]          m_axi_araddr_o,   // AXI4 read address channel
  output logic [7:0]           m_axi_arlen_o,
  output logic [2:0]           m_axi_arsize_o,
  output logic [1:0]           m_axi_arburst_o,
  output logic                 m_axi_arvalid_o,
  input  logic                 m_axi_arready_i,
  input  logic [DataWidth-1:0] m_axi_rdata_i,    // AXI4 read data channel
  input  logic [1:0]           m_axi_rresp_i,
  input  logic                 m_axi_rlast_i,
  input  logic                 m_axi_rvalid_i,
  output logic                 m_axi_rready_o
);

  localparam int unsigned BeatBits  = $clog2(DataWidth / 8);
  localparam int unsigned BurstBits = $clog2(MaxBurst);
  localparam int unsigned BeatWidth = ByteWidth - BeatBits + 1;  // bits of a row's beats
  localparam int unsigned RoomBits  = $clog2(FifoDepth);

  // Places where a burst can start are counted in beats.
  localparam int unsigned PlaceBits = 64 - BeatBits;

  logic                 active_q;
  logic [PlaceBits-1:0] place_q, row_q;
  logic [RowWidth-1:0]  rows_q;
  logic [BeatWidth-1:0] left_q, beats_q, beats;
  logic [ByteWidth-1:0] pitch_q;
  logic [BurstBits:0]   burst;
  logic [RoomBits:0]    reserved_q;
  logic                 issue, row_ends, popped;

  // The bytes before the first one in its beat belong to the row's beats.
  assign beats = BeatWidth'(((ByteWidth + 1)'(address_i[BeatBits-1:0]) + (ByteWidth + 1)'(bytes_i) +
                             (ByteWidth + 1)'(DataWidth / 8 - 1)) >> BeatBits);

  always_comb begin
    burst = (BurstBits + 1)'(MaxBurst) - {1'b0, place_q[BurstBits-1:0]};
    if (left_q < BeatWidth'(burst)) burst = (BurstBits + 1)'(left_q);
  end

  assign row_ends = left_q == BeatWidth'(burst);
  assign issue    = active_q && (!m_axi_arvalid_o || m_axi_arready_i) &&
                    reserved_q + (RoomBits + 1)'(burst) <= (RoomBits + 1)'(FifoDepth);
  assign request_ready_o = !active_q;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      active_q        <= 1'b0;
      m_axi_arvalid_o <= 1'b0;
      reserved_q      <= '0;
    end else begin
      reserved_q <= reserved_q + (issue ? (RoomBits + 1)'(burst) : '0) - (RoomBits + 1)'(popped);
      if (m_axi_arready_i) m_axi_arvalid_o <= 1'b0;
      if (issue) begin
        m_axi_arvalid_o <= 1'b1;
        if (row_ends && rows_q == 1) active_q <= 1'b0;
      end
      if (request_valid_i && !active_q) active_q <= 1'b1;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!active_q) begin
      place_q <= address_i[63:BeatBits];
      row_q   <= address_i[63:BeatBits] + PlaceBits'(pitch_i[ByteWidth-1:BeatBits]);
      rows_q  <= rows_i;
      left_q  <= beats;
      beats_q <= beats;
      pitch_q <= pitch_i;
    end else if (issue) begin
      m_axi_araddr_o <= {place_q, BeatBits'(0)};
      m_axi_arlen_o  <= 8'(burst) - 8'd1;
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

  assign m_axi_arsize_o  = 3'(BeatBits);
  assign m_axi_arburst_o = 2'b01;
  assign m_axi_rready_o  = 1'b1;
  assign popped          = valid_o && ready_i;

  logic              fifo_ready;
  logic [RoomBits:0] fifo_count;

  stream_fifo #(
    .Width(DataWidth),
    .Depth(FifoDepth)
  ) i_fifo (
    .clk_i,
    .rst_ni,
    .data_i (m_axi_rdata_i),
    .valid_i(m_axi_rvalid_i),
    .ready_o(fifo_ready),
    .data_o,
    .valid_o,
    .ready_i,
    .count_o(fifo_count)
  );

`ifndef SYNTHESIS
  always_ff @(posedge clk_i) begin
    if (rst_ni && m_axi_rvalid_i) begin
      assert (fifo_ready && fifo_count <= reserved_q) else $fatal(1, "a beat that was not asked for");
      assert (m_axi_rresp_i == 2'b00) else $fatal(1, "rresp %0d", m_axi_rresp_i);
    end
    if (rst_ni && request_valid_i && request_ready_o) begin
      assert (rows_i != 0 && bytes_i != 0) else $fatal(1, "%0d rows of %0d bytes", rows_i, bytes_i);
    end
  end
  initial assert (MaxBurst * DataWidth / 8 <= 4096 && FifoDepth >= 2 * MaxBurst);
`endif

endmodule
