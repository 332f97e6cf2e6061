// SPDX-License-Identifier: Apache-2.0

// Loads the image of a program, whose form docs/overlay.md states: reads the header, refuses what is wrong
// or does not fit, then reads all sections in one request and hands their words to the stores. Another
// program may run meanwhile, if both fit the stores; else its end is awaited.

module network_program (
  input  logic                 clk_i,            // clock
  input  logic                 rst_ni,           // synchronous reset, active low
  input  logic                 start_i,          // load a program (pulse)
  input  logic [63:0]          address_i,        // of its image: a multiple of 64
  output logic                 done_o,           // it is loaded, or refused (pulse)
  output logic [7:0]           error_o,          // then: why it is refused, or NoError
  output network_pkg::header_t header_o,
  output network_pkg::sizes_t  sizes_o,
  input  logic                 top_i,            // its parts go to the ends of the stores
  output network_pkg::bases_t  bases_o,          // where they begin
  input  logic                 beside_i,         // there is another program
  input  network_pkg::sizes_t  other_i,          // of this size
  input  logic                 idle_i,           // which does not run
  input  logic                 tables_idle_i,    // nothing is looked up in tables
  output logic                 begin_o,          // from now on the stores are written (pulse)
  output logic                 alone_o,          // where the other program is, too

  output logic                 request_valid_o,  // for axi_read_rows, and network_unpack
  input  logic                 request_ready_i,
  output logic [63:0]          address_o,
  output logic [16:0]          words_o,
  input  logic [63:0]          data_i,
  input  logic                 valid_i,
  output logic                 ready_o,

  output logic                 records_o,        // store_o is a word of records
  output logic                 weights_o,        // of weights
  output logic                 taps_o,           // of taps
  output logic                 columns_o,        // of column parameters
  output logic                 tables_o,         // its low byte is a code of a table
  output logic [15:0]          place_o,          // in its section
  output logic [63:0]          store_o
);

  localparam logic [31:0] Magic = 32'h4e514146, Version = 32'd1, Sum = 32'h5a5a5a5a;

  typedef enum logic [2:0] {Idle, AskHeader, Header, Check, Fit, Sections, Clear, Done} state_t;
  state_t state_q;

  logic [31:0] low, high;
  logic [2:0]  word_q;  // of the header
  assign {high, low} = data_i;

  // The header.
  logic [31:0] sum_q;
  logic        magic_q, version_q, sizes_q;  // are right
  logic        words_ok;
  assign words_ok = high != 0 && high < 32'h10000;
  always_ff @(posedge clk_i) begin
    if (state_q == AskHeader) begin
      word_q    <= '0;
      sum_q     <= '0;
      sizes_q   <= 1'b1;
    end else if (state_q == Header && valid_i) begin
      word_q <= word_q + 1'b1;
      sum_q  <= sum_q + low + high;
      case (word_q)
        3'd0: begin
          magic_q   <= low == Magic;
          version_q <= high == Version;
        end
        3'd1: begin
          sizes_o.records <= low[6:0];
          sizes_o.weights <= high[10:0];
          if (low == 0 || low > target_pkg::Records || high > target_pkg::FirstQuarterEntries) sizes_q <= 1'b0;
        end
        3'd2: begin
          sizes_o.taps    <= low[10:0];
          sizes_o.columns <= high[9:0];
          if (low > target_pkg::TapRows || high > target_pkg::ColumnEntries) sizes_q <= 1'b0;
        end
        3'd3: begin
          sizes_o.tables       <= low[3:0];
          header_o.image_words <= high[15:0];
          if (low > target_pkg::Tables || !words_ok) sizes_q <= 1'b0;
        end
        3'd4: begin
          header_o.base0 <= low[9:0];
          header_o.base1 <= high[9:0];
          if (low >= target_pkg::Lines || high >= target_pkg::Lines) sizes_q <= 1'b0;
        end
        3'd5: begin
          header_o.pitch  <= low[9:0];
          header_o.blocks <= high[7:0];
          if (low >= target_pkg::Lines || high == 0 || high > 32'd255) sizes_q <= 1'b0;
        end
        3'd6: begin
          header_o.twice        <= low[0];
          header_o.result_words <= high[15:0];
          if (low > 32'd1 || !words_ok) sizes_q <= 1'b0;
        end
        default:   if (low != 0) sizes_q <= 1'b0;
      endcase
    end
  end

  // The sections: records, weights, taps, column parameters, tables. Of each, the entries, their words and
  // codes in places, what the other program has, and where this one's begin. The last entry of weights is
  // kept for zeros where there are two programs.
  logic [2:0]  section_q, section;  // 7: before the first
  logic [10:0] entries, other, capacity, base;
  logic [11:0] both;
  logic [16:0] section_words, total_q, left_q;
  logic [15:0] first_place, place_q;
  logic [2:0]  code_q;    // of a word of tables
  logic        misfit_q;  // not beside the other program
  logic        taken, in_tables, may_begin, clears;
  assign section = state_q == Sections ? section_q + 1'b1 : section_q;
  always_comb begin
    case (section)
      3'd0: begin
        entries       = {4'd0, sizes_o.records};
        other         = {4'd0, other_i.records};
        capacity      = 11'(target_pkg::Records);
        section_words = {3'd0, entries, 3'd0};
        first_place   = {2'd0, base, 3'd0};
      end
      3'd1: begin
        entries       = sizes_o.weights;
        other         = other_i.weights;
        capacity      = 11'(target_pkg::WeightEntries - 1);
        section_words = {entries, 6'd0};
        first_place   = {base[9:0], 6'd0};
      end
      3'd2: begin
        entries       = sizes_o.taps;
        other         = other_i.taps;
        capacity      = 11'(target_pkg::TapRows);
        section_words = {3'd0, entries, 3'd0};
        first_place   = {2'd0, base, 3'd0};
      end
      3'd3: begin
        entries       = {1'b0, sizes_o.columns};
        other         = {1'b0, other_i.columns};
        capacity      = 11'(target_pkg::ColumnEntries);
        section_words = {2'd0, entries, 4'd0};
        first_place   = {1'b0, base, 4'd0};
      end
      default: begin
        entries       = {7'd0, sizes_o.tables};
        other         = {7'd0, other_i.tables};
        capacity      = 11'(target_pkg::Tables);
        section_words = {1'b0, entries, 5'd0};
        first_place   = {base[7:0], 8'd0};
      end
    endcase
  end
  assign base      = top_i && entries < capacity ? capacity - entries : '0;
  assign both      = {1'b0, entries} + {1'b0, other};
  assign may_begin = state_q == Fit && section_q == 3'd5 && (!alone_o || idle_i);
  assign alone_o   = misfit_q && beside_i;
  assign begin_o   = may_begin && request_ready_i;

  // A word of tables takes eight cycles, a code each.
  assign in_tables = section_q == 3'd4;
  assign ready_o   = state_q == Header || (taken && (!in_tables || code_q == 3'd7));
  assign taken     = state_q == Sections && left_q != 0 && valid_i && (!in_tables || tables_idle_i);

  assign address_o       = state_q == AskHeader ? address_i : address_i + 64'd64;
  assign words_o         = state_q == AskHeader ? 17'd8 : total_q;
  assign request_valid_o = state_q == AskHeader || may_begin;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
    end else begin
      case (state_q)
        Idle:      if (start_i) state_q <= AskHeader;
        AskHeader: if (request_ready_i) state_q <= Header;
        Header:    if (valid_i && word_q == 3'd7) state_q <= Check;
        Check:     state_q <= error_o == network_pkg::NoError ? Fit : Done;
        Fit:       if (begin_o) state_q <= Sections;
        Sections:  if (left_q == 0 && in_tables) state_q <= clears ? Clear : Done;
        Clear:     if (place_q[5:0] == '1) state_q <= Done;
        default:   state_q <= Idle;
      endcase
    end
  end

  // Fit adds up the sections; Sections then goes through them, with a cycle between two.
  always_ff @(posedge clk_i) begin
    case (state_q)
      Check: begin
        section_q <= '0;
        total_q   <= '0;
        left_q    <= '0;
        misfit_q  <= 1'b0;
      end
      Fit: begin
        if (section_q != 3'd5) begin
          section_q <= section_q + 1'b1;
          total_q   <= total_q + section_words;
          if (both > {1'b0, capacity}) misfit_q <= 1'b1;
        end else if (begin_o) begin
          section_q <= 3'd7;
        end
        case (section_q)
          3'd0:    bases_o.records <= base[5:0];
          3'd1:    bases_o.weights <= base[9:0];
          3'd2:    bases_o.taps    <= base[9:0];
          3'd3:    bases_o.columns <= base[8:0];
          3'd4:    bases_o.tables  <= base[2:0];
          default: ;
        endcase
      end
      Sections: begin
        if (left_q == 0) begin
          section_q <= section_q + 1'b1;
          left_q    <= section_words;
          place_q   <= in_tables ? 16'((target_pkg::WeightEntries - 1) << 6) : first_place;
          code_q    <= '0;
        end else if (taken) begin
          place_q <= place_q + 1'b1;
          code_q  <= code_q + 1'b1;
          if (ready_o) left_q <= left_q - 1'b1;
        end
      end
      Clear: place_q <= place_q + 1'b1;
      default: ;
    endcase
  end

  // The last entry of weights is zeros where a program leaves it free: depthwise layers read it.
  assign clears = 32'(sizes_o.weights) < target_pkg::WeightEntries;
  always_ff @(posedge clk_i) begin
    records_o <= taken && section_q == 3'd0;
    weights_o <= (taken && section_q == 3'd1) || state_q == Clear;
    taps_o    <= taken && section_q == 3'd2;
    columns_o <= taken && section_q == 3'd3;
    tables_o  <= taken && in_tables;
    place_o   <= place_q;
    store_o   <= state_q == Clear ? '0 : in_tables ? 64'(data_i[8*code_q+:8]) : data_i;
  end

  assign done_o = state_q == Done;
  always_comb begin
    error_o = network_pkg::NoError;
    if (!sizes_q) error_o = network_pkg::BadSizes;
    if (sum_q != Sum) error_o = network_pkg::BadSum;
    if (!version_q) error_o = network_pkg::BadVersion;
    if (!magic_q) error_o = network_pkg::BadMagic;
  end

endmodule
