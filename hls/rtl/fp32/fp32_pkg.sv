// SPDX-License-Identifier: Apache-2.0

// What the modules of the fp32 kernels pass to each other.

package fp32_pkg;

  // An fp32 number between units: its IEEE 754 fields and three flags that follow from them, so
  // that packing drops the flags. Canonical: no subnormals, the fraction of a zero or infinity is
  // 0, that of a NaN is not.
  typedef struct packed {
    logic        nan;
    logic        inf;
    logic        zero;
    logic        sign;
    logic [7:0]  exponent;  // biased by 127; 0 for a zero, 255 for infinities and NaN
    logic [22:0] fraction;
  } number_t;

  localparam int unsigned NumberBits = 35;

  // A weight b - zB of -255 .. 255, normalized: (-1)^sign * (128 + fraction) * 2^(exponent - 7).
  typedef struct packed {
    logic       zero;
    logic       sign;
    logic [2:0] exponent;
    logic [6:0] fraction;
  } weight_t;

  localparam int unsigned WeightBits = 12;

  // A unit's latency in cycles. The sum of a PE comes back to its adder after Interleave cycles:
  // one to read it, AddLatency, one to store it.
  localparam int unsigned MultiplyLatency       = 5;
  localparam int unsigned MultiplyWeightLatency = 4;
  localparam int unsigned AddLatency            = 6;
  localparam int unsigned Interleave            = 8;  // groups of columns that a PE serves in turn

  localparam int unsigned Tiles      = 4;   // of a row block, which share a chunk of B
  localparam int unsigned BlockWords = 16;  // words of a row of A that are loaded at once

  // A kernel's arguments, and what follows from them.
  typedef struct packed {
    logic [63:0] a;           // addresses
    logic [63:0] b;
    logic [63:0] columns;
    logic [63:0] c;
    logic [20:0] m;           // sizes
    logic [16:0] k;
    logic [16:0] n;
    logic [3:0]  b_bits;      // width of a code of B
    logic [31:0] weights_id;
    logic        streamed;    // a panel of B does not fit the store: B passes it in chunks
    logic        kept;        // all of B and its columns stay in the stores
    logic        resident;    // they are there already
  } call_t;

  // What the array does in a cycle: products of one k for one group of columns.
  typedef struct packed {
    logic       valid;
    logic       first;      // k = 0: the sums begin at +0
    logic       last;       // k = K - 1: the sums are results
    logic       release_a;  // the block of A is read for the last time
    logic [1:0] tile;       // of the row block
    logic [2:0] group;      // of columns
    logic [4:0] word;       // of the buffers of A
    logic [3:0] lane;       // of the word
  } step_t;

  localparam int unsigned StepBits = 18;

endpackage
