// SPDX-License-Identifier: Apache-2.0
#include "matmul_f32f32.hpp"

#include "matmul/epilogue.hpp"
#include "matmul/fp32.hpp"
#include "matmul/load_a.hpp"
#include "matmul/load_b.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/multiply.hpp"
#include "matmul/store_c.hpp"
#include "matmul/transpose.hpp"

namespace {

using Tile = matmul::Fp32Tile;
using Columns = matmul::ColumnGroup<Tile::kArrayColumns>;
using Results = matmul::Vector<std::uint32_t, Tile::kArrayColumns>;

void finish_tile(const float (&sums)[Tile::kRows][Tile::kGroups][Tile::kArrayColumns],
                 hls::stream<Columns> &columns, int tile, matmul::Shape shape,
                 hls::stream<Results> &results) {
  const int rows = matmul::tile_position<Tile>(tile, shape).rows;
  matmul::finish<Tile>(sums, columns, rows, matmul::BiasEpilogue(), results);
}

}  // namespace

void matmul_f32f32(const matmul::BusWord *a, const matmul::BusWord *b,
                   const matmul::BusWord *columns, matmul::BusWord *c, std::int32_t m,
                   std::int32_t k, std::int32_t n, std::uint32_t weights_id) {
// clang-format off
#pragma HLS INTERFACE mode=m_axi port=a bundle=gmem_a offset=slave depth=131072 latency=64 \
    max_read_burst_length=64 num_read_outstanding=16
#pragma HLS INTERFACE mode=m_axi port=b bundle=gmem_b offset=slave depth=131072 latency=64 \
    max_read_burst_length=64 num_read_outstanding=16
#pragma HLS INTERFACE mode=m_axi port=columns bundle=gmem_p offset=slave depth=131072 latency=64 \
    max_read_burst_length=64 num_read_outstanding=16
#pragma HLS INTERFACE mode=m_axi port=c bundle=gmem_c offset=slave depth=131072 latency=64 \
    max_write_burst_length=64 num_write_outstanding=8
#pragma HLS INTERFACE mode=s_axilite port=a
#pragma HLS INTERFACE mode=s_axilite port=b
#pragma HLS INTERFACE mode=s_axilite port=columns
#pragma HLS INTERFACE mode=s_axilite port=c
#pragma HLS INTERFACE mode=s_axilite port=m
#pragma HLS INTERFACE mode=s_axilite port=k
#pragma HLS INTERFACE mode=s_axilite port=n
#pragma HLS INTERFACE mode=s_axilite port=weights_id
#pragma HLS INTERFACE mode=s_axilite port=return
#pragma HLS INTERFACE mode=ap_ctrl_chain port=return
  // clang-format on
  static_cast<void>(weights_id);  // nothing is held from call to call
  const matmul::fp32::FlushSubnormals flush;
  const matmul::Shape shape = {m, k, n};
  const int tiles = matmul::tile_count<Tile>(shape);
  for (int tile = 0; tile < tiles; ++tile) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 32
#pragma HLS DATAFLOW
    hls::stream<matmul::BusWord> a_rows[Tile::kRows];
#pragma HLS STREAM variable = a_rows depth = 32
#pragma HLS BIND_STORAGE variable = a_rows type = fifo impl = srl
    hls::stream<matmul::Vector<float, Tile::kRows>> a_columns;
#pragma HLS STREAM variable = a_columns depth = 16
    hls::stream<matmul::BusWord> b_words;
#pragma HLS STREAM variable = b_words depth = 64
    hls::stream<matmul::Vector<float, Tile::kArrayColumns>> b_groups;
#pragma HLS STREAM variable = b_groups depth = 16
    hls::stream<Columns> columns_read;
#pragma HLS STREAM variable = columns_read depth = 16
    float sums[Tile::kRows][Tile::kGroups][Tile::kArrayColumns];
#pragma HLS ARRAY_PARTITION variable = sums complete dim = 1
#pragma HLS ARRAY_PARTITION variable = sums complete dim = 3
#pragma HLS BIND_STORAGE variable = sums type = ram_2p impl = lutram
    hls::stream<Results> results;
#pragma HLS STREAM variable = results depth = 16
    hls::stream<matmul::BusWord> c_words;
#pragma HLS STREAM variable = c_words depth = 32

    matmul::load_a<float, Tile>(a, tile, shape, a_rows);
    matmul::transpose<float, Tile>(a_rows, k, a_columns);
    matmul::load_b<Tile>(b, tile, shape, 32, b_words);
    matmul::split_b<float, Tile>(b_words, tile, shape, 32, b_groups);
    matmul::load_columns<Tile>(columns, tile, shape, columns_read);
    matmul::multiply<matmul::Fp32Products, Tile>(a_columns, b_groups, k, sums);
    finish_tile(sums, columns_read, tile, shape, results);
    matmul::pack<Tile>(results, tile, shape, false, c_words);
    matmul::store_c<Tile>(c_words, tile, shape, false, c);
  }
}
