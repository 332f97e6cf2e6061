// SPDX-License-Identifier: Apache-2.0
#include "matmul_f32i8.hpp"

#include "matmul/convert_weights.hpp"
#include "matmul/finish_tiles.hpp"
#include "matmul/held_weights.hpp"
#include "matmul/load_b.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/multiply.hpp"
#include "matmul/split_a.hpp"
#include "matmul/store_c.hpp"

namespace {

using Array = matmul::Fp32Array;
using Products = matmul::Fp32CodeProducts;

/// The processes of one step: a block enters the store, the one before is multiplied and stored.
/// \param steps one more than there are blocks
void run(const matmul::BusWord *a, const matmul::BusWord *b, const matmul::BusWord *columns,
         matmul::BusWord *c, const matmul::Call &call, std::int64_t steps,
         const matmul::ScaleBiasEpilogue &epilogue) {
  for (std::int64_t step = 0; step < steps; ++step) {
#pragma HLS LOOP_TRIPCOUNT min = 2 max = 32
#pragma HLS DATAFLOW
    hls::stream<matmul::BusWord> a_rows[Array::kRows];
#pragma HLS STREAM variable = a_rows depth = 32
#pragma HLS BIND_STORAGE variable = a_rows type = fifo impl = srl
    hls::stream<matmul::Vector<float, Array::kRows>> a_columns;
#pragma HLS STREAM variable = a_columns depth = 16
    hls::stream<matmul::BusWord> b_words;
#pragma HLS STREAM variable = b_words depth = 64
    hls::stream<matmul::Vector<std::int8_t, matmul::kGroup>> codes;
#pragma HLS STREAM variable = codes depth = 16
    hls::stream<matmul::Vector<matmul::CodeWeight, matmul::kGroup>> weights;
#pragma HLS STREAM variable = weights depth = 16
    hls::stream<matmul::ColumnGroup> groups;
#pragma HLS STREAM variable = groups depth = 16
    hls::stream<matmul::ColumnGroup> passed;
#pragma HLS STREAM variable = passed depth = 16
    hls::stream<matmul::GroupSums<Array>> sums;
#pragma HLS STREAM variable = sums depth = 16
    hls::stream<matmul::Results> results;
#pragma HLS STREAM variable = results depth = 16
    hls::stream<matmul::BusWord> c_words;
#pragma HLS STREAM variable = c_words depth = 32

    matmul::load_tiles<float, Array>(a, call, step, a_rows);
    matmul::transpose<float, Array>(a_rows, call, step, a_columns);
    matmul::load_b<Array>(b, call, step, b_words);
    matmul::split_b<std::int8_t, Array>(b_words, call, step, codes);
    matmul::load_columns<Array>(columns, call, step, groups);
    matmul::convert_weights<Array>(codes, call, step, groups, passed, weights);
    matmul::multiply<Products, Array>(a_columns, weights, call, step, sums);
    matmul::finish_tiles<Products, Array>(sums, passed, call, step, epilogue, results);
    matmul::pack<Array>(results, call, step, true, c_words);
    matmul::store_c<Array>(c_words, call, step, true, c);
  }
}

}  // namespace

// clang-format off
void matmul_f32i8(const matmul::BusWord *a, const matmul::BusWord *b,
                  const matmul::BusWord *columns, matmul::BusWord *c, std::int32_t m,
                  std::int32_t k, std::int32_t n, std::int32_t b_bits, std::uint32_t weights_id) {
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
#pragma HLS INTERFACE mode=s_axilite port=b_bits
#pragma HLS INTERFACE mode=s_axilite port=weights_id
#pragma HLS INTERFACE mode=s_axilite port=return
#pragma HLS INTERFACE mode=ap_ctrl_chain port=return
  // clang-format on
  const matmul::fp32::FlushSubnormals flush;
  const matmul::Shape shape = {m, k, n, b_bits};
  MATMUL_KEPT(Products, matmul::WeightsKey, held, [1]);
  const matmul::WeightsKey key = matmul::weights_key(weights_id, shape, b, columns);
  matmul::Call call = matmul::cut_call<Array>(shape);
  call.held = matmul::take_weights(held[0], key);
  run(a, b, columns, c, call, call.blocks.count + 1, matmul::ScaleBiasEpilogue());
  matmul::keep_weights(held[0], key, call.blocks.whole);
}
