// SPDX-License-Identifier: Apache-2.0

// A call of matmul_i8i8 and a block of it, as its parts hand them on.

package int8_pkg;

  typedef struct packed {
    logic [63:0] a;          // address of A
    logic [63:0] b;          // address of B
    logic [63:0] columns;    // address of the column parameters
    logic [63:0] c;          // address of C
    logic [20:0] m;          // rows of A and C
    logic [16:0] k;          // columns of A, rows of B
    logic [16:0] n;          // columns of B and C
    logic        raw;        // C is int32
    logic [8:0]  zero_c;     // zero point of C
    logic [7:0]  clamp_min;  // least result
    logic [7:0]  clamp_max;  // greatest result
    logic [3:0]  b_bits;     // width of a code of B: 8, 4 or 2
    logic        resident;   // B and the column parameters are in the stores
    logic        kept;       // they fit whole, and stay after the call
  } call_t;

  // What is known of a block from its place in the call.
  typedef struct packed {
    logic [16:0] columns;     // of C, 1 .. the array's
    logic [20:0] rows;        // of A and C
    logic [16:0] values;      // of k
    logic        first_k;     // the first block of k
    logic        last_k;      // the last block of k: C's rows are finished
    logic        first_rows;  // the first block of rows
    logic        last_rows;   // the last block of rows
    logic        last;        // the last block of the call
  } block_t;

  // The parameters of a column of C.
  typedef struct packed {
    logic [7:0]  zero;         // zero point of B
    logic [5:0]  shift;        // the multiplier is significand * 2^-shift
    logic [23:0] significand;
    logic [31:0] bias;         // with the zero point of A folded in
  } column_t;

  localparam int unsigned ColumnBits = 70;  // of a column_t

  // What the end of the pipeline must know of a row of the array, that is of up to Columns sums.
  typedef struct packed {
    logic        first_k;     // nothing to add
    logic        last_k;      // finished, else a partial sum
    logic [15:0] slot;        // of the column parameters
    logic [15:0] partial;     // place of the partial sums
    logic [16:0] columns;     // that exist
    logic        raw;         // as in call_t
    logic [8:0]  zero_c;
    logic [7:0]  clamp_min;
    logic [7:0]  clamp_max;
  } row_t;

  localparam int unsigned RowBits = 77;  // of a row_t

  // Bytes from row to row: rows start at multiples of 64.
  function automatic logic [19:0] pitch(logic [19:0] bytes);
    pitch = (bytes + 20'd63) & ~20'd63;
  endfunction

endpackage
