// SPDX-License-Identifier: Apache-2.0

// What the parts of network_i8 hand on to one another.

package network_pkg;

  localparam int unsigned LayerBits = 20;  // a layer of 2^20 cycles of its own is an error
  localparam int unsigned StampBits = 48;  // of a counter of cycles

  // Kinds of layers.
  localparam logic [1:0] Convolution = 2'd0, Depthwise = 2'd1, MaxPool = 2'd2;

  // Why a call ended early, as the host reads it.
  localparam logic [7:0] NoError = 8'd0, BadMagic = 8'd1, BadVersion = 8'd2, BadSum = 8'd3, BadSizes = 8'd4,
      BadRecord = 8'd5, BadCount = 8'd6, LayerTooLong = 8'd7, ImageGone = 8'd8, WrongResults = 8'd9,
      BadChunks = 8'd10;

  // What a program's header says, once it is checked.
  typedef struct packed {
    logic [15:0] image_words;   // 64-bit words of an image
    logic [15:0] result_words;  // and of a result
    logic [9:0]  base0;         // first line of the image's place
    logic [9:0]  base1;         // and of its second place
    logic        twice;         // there are two, used in turn
    logic [9:0]  pitch;         // lines from one channel block of the image to the next
    logic [7:0]  blocks;        // channel blocks of the image
  } header_t;

  // What it takes of the stores, whose capacities target_pkg states.
  typedef struct packed {
    logic [6:0]  records;
    logic [10:0] weights;
    logic [10:0] taps;
    logic [9:0]  columns;
    logic [3:0]  tables;
  } sizes_t;

  // Where its part of each store begins.
  typedef struct packed {
    logic [5:0] records;
    logic [9:0] weights;
    logic [9:0] taps;
    logic [8:0] columns;
    logic [2:0] tables;
  } bases_t;

  // A beat: one read of the activation memory and one word for the array.
  typedef struct packed {
    logic        valid;
    logic        first;      // of a row of the array
    logic        last;       // of a row
    logic        depthwise;  // or pooling
    logic        upper;      // the channels 4 to 7, where the array has 4 lanes
    logic [1:0]  folds;      // log2
    logic        two;        // folds are two pixels apart
    logic [9:0]  entry;      // of weights or taps
    logic [9:0]  line;       // of the first pixel
    logic [2:0]  low;        // that pixel modulo 8
    logic [2:0]  bank;       // its bank
    logic [7:0]  there;      // pixels that exist
  } beat_t;

  // What the drain must know of a row of the array: up to 4 x 16 results.
  typedef struct packed {
    logic [12:0] pixel;   // first output pixel
    logic [3:0]  left;    // output pixels left in the image row, up to 15
    logic [9:0]  plane;   // first line of the first channel block
    logic [2:0]  block;   // that block modulo 8
    logic [3:0]  blocks;  // channel blocks left, up to 8
    logic [8:0]  column;  // first entry of column parameters
  } row_t;

  localparam int unsigned RowBits = 43;  // of a row_t

  // The parameters of a column.
  typedef struct packed {
    logic [5:0]  shift;  // the multiplier is significand * 2^-shift
    logic [23:0] significand;
    logic [31:0] bias;
  } column_t;

endpackage
