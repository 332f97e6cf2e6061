// SPDX-License-Identifier: Apache-2.0
struct Table {
  const int **rows;
};

static void body(const int *in, int *out, int n) {
  const int **rows = &in;  // finds: pointer-to-pointer
  out[0] = rows[0][n];
  Table table;
  table.rows = rows;          // finds: pointer-to-pointer
  out[1] = table.rows[1][n];  // finds: pointer-to-pointer
}

#include "seed_top.hpp"
