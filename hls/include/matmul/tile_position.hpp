// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where a tile of C lies. Tiles are numbered along the rows of C; every process of the DATAFLOW
// region derives the position from the number, so that the region's loop body holds nothing but
// processes.

#include <cstdint>

namespace matmul {

struct Shape {
  int m;
  int k;
  int n;
};

inline int divide_up(int value, int by) {
#pragma HLS INLINE
  return (value + by - 1) / by;
}

inline int smaller(int a, int b) {
#pragma HLS INLINE
  return a < b ? a : b;
}

template <typename Tile>
int tile_count(const Shape &shape) {
#pragma HLS INLINE
  return divide_up(shape.m, Tile::kRows) * divide_up(shape.n, Tile::kColumns);
}

struct TilePosition {
  int row;      // of C, first
  int rows;     // inside C, 1 .. Tile::kRows
  int column;   // of C, first
  int columns;  // inside C, 1 .. Tile::kColumns
};

template <typename Tile>
TilePosition tile_position(int index, const Shape &shape) {
#pragma HLS INLINE
  const int across = divide_up(shape.n, Tile::kColumns);
  TilePosition position;
  position.row = index / across * Tile::kRows;
  position.rows = smaller(Tile::kRows, shape.m - position.row);
  position.column = index % across * Tile::kColumns;
  position.columns = smaller(Tile::kColumns, shape.n - position.column);
  return position;
}

}  // namespace matmul
