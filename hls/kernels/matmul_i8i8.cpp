// SPDX-License-Identifier: Apache-2.0
#include "matmul_i8i8.hpp"

#include "matmul/epilogue.hpp"
#include "matmul/load_a.hpp"
#include "matmul/load_b.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/multiply.hpp"
#include "matmul/row_sums.hpp"
#include "matmul/store_c.hpp"
#include "matmul/transpose.hpp"

namespace {

using Tile = matmul::Int8Tile;
using Columns = matmul::ColumnGroup<Tile::kArrayColumns>;
using Results = matmul::Vector<std::uint32_t, Tile::kArrayColumns>;

constexpr std::int32_t kRawOutput = 2;  // as FABRIQ_OUTPUT_I32

void finish_tile(const std::int32_t (&sums)[Tile::kRows][Tile::kGroups][Tile::kArrayColumns],
                 hls::stream<Columns> &columns,
                 hls::stream<matmul::Vector<std::int32_t, Tile::kRows>> &row_sums, int tile,
                 matmul::Shape shape, bool raw, matmul::OutputRange range,
                 hls::stream<Results> &results) {
  const matmul::RequantizingEpilogue epilogue = {raw, range, row_sums.read()};
  const int rows = matmul::tile_position<Tile>(tile, shape).rows;
  matmul::finish<Tile>(sums, columns, rows, epilogue, results);
}

}  // namespace

void matmul_i8i8(const matmul::BusWord *a, const matmul::BusWord *b, const matmul::BusWord *columns,
                 matmul::BusWord *c, std::int32_t m, std::int32_t k, std::int32_t n,
                 std::int32_t output, std::int32_t zero_c, std::int32_t clamp_min,
                 std::int32_t clamp_max, std::int32_t b_bits, std::uint32_t weights_id) {
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
#pragma HLS INTERFACE mode=s_axilite port=output
#pragma HLS INTERFACE mode=s_axilite port=zero_c
#pragma HLS INTERFACE mode=s_axilite port=clamp_min
#pragma HLS INTERFACE mode=s_axilite port=clamp_max
#pragma HLS INTERFACE mode=s_axilite port=b_bits
#pragma HLS INTERFACE mode=s_axilite port=weights_id
#pragma HLS INTERFACE mode=s_axilite port=return
#pragma HLS INTERFACE mode=ap_ctrl_chain port=return
  // clang-format on
  static_cast<void>(weights_id);  // nothing is held from call to call
  const matmul::Shape shape = {m, k, n};
  const bool raw = output == kRawOutput;
  const matmul::OutputRange range = {zero_c, clamp_min, clamp_max};
  const int tiles = matmul::tile_count<Tile>(shape);
  for (int tile = 0; tile < tiles; ++tile) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
#pragma HLS DATAFLOW
    hls::stream<matmul::BusWord> a_rows[Tile::kRows];
#pragma HLS STREAM variable = a_rows depth = 32
#pragma HLS BIND_STORAGE variable = a_rows type = fifo impl = srl
    hls::stream<matmul::Vector<std::int8_t, Tile::kRows>> a_columns;
#pragma HLS STREAM variable = a_columns depth = 16
    hls::stream<matmul::BusWord> b_words;
#pragma HLS STREAM variable = b_words depth = 64
    hls::stream<matmul::Vector<std::int8_t, Tile::kArrayColumns>> b_groups;
#pragma HLS STREAM variable = b_groups depth = 16
    hls::stream<Columns> columns_read;
#pragma HLS STREAM variable = columns_read depth = 16
    hls::stream<matmul::Vector<std::int8_t, Tile::kRows>> a_summed;
#pragma HLS STREAM variable = a_summed depth = 16
    hls::stream<matmul::Vector<std::int32_t, Tile::kRows>> row_sums;
#pragma HLS STREAM variable = row_sums depth = 2
    std::int32_t sums[Tile::kRows][Tile::kGroups][Tile::kArrayColumns];
#pragma HLS ARRAY_PARTITION variable = sums complete dim = 1
#pragma HLS ARRAY_PARTITION variable = sums complete dim = 3
#pragma HLS BIND_STORAGE variable = sums type = ram_2p impl = lutram
    hls::stream<Results> results;
#pragma HLS STREAM variable = results depth = 16
    hls::stream<matmul::BusWord> c_words;
#pragma HLS STREAM variable = c_words depth = 32

    matmul::load_a<std::int8_t, Tile>(a, tile, shape, a_rows);
    matmul::transpose<std::int8_t, Tile>(a_rows, k, a_columns);
    matmul::sum_rows<Tile>(a_columns, k, a_summed, row_sums);
    matmul::load_b<Tile>(b, tile, shape, b_bits, b_words);
    matmul::split_b<std::int8_t, Tile>(b_words, tile, shape, b_bits, b_groups);
    matmul::load_columns<Tile>(columns, tile, shape, columns_read);
    matmul::multiply<matmul::Int8Products, Tile>(a_summed, b_groups, k, sums);
    finish_tile(sums, columns_read, row_sums, tile, shape, raw, range, results);
    matmul::pack<Tile>(results, tile, shape, !raw, c_words);
    matmul::store_c<Tile>(c_words, tile, shape, !raw, c);
  }
}
