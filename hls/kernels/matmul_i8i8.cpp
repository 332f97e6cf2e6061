// SPDX-License-Identifier: Apache-2.0
#include "matmul_i8i8.hpp"

#include "matmul/finish_rows.hpp"
#include "matmul/held_weights.hpp"
#include "matmul/load_b.hpp"
#include "matmul/load_columns.hpp"
#include "matmul/multiply_rows.hpp"
#include "matmul/split_a.hpp"
#include "matmul/store_c.hpp"

namespace {

using Array = matmul::Int8Array;

constexpr std::int32_t kRawOutput = 2;  // as FABRIQ_OUTPUT_I32

/// The processes of one step: a block enters the store, the one before is multiplied and stored.
/// \param steps one more than there are blocks
void run(const matmul::BusWord *a, const matmul::BusWord *b, const matmul::BusWord *columns,
         matmul::BusWord *c, const matmul::Call &call, std::int64_t steps,
         const matmul::RequantizingEpilogue &epilogue) {
  for (std::int64_t step = 0; step < steps; ++step) {
#pragma HLS LOOP_TRIPCOUNT min = 2 max = 32
#pragma HLS DATAFLOW
    hls::stream<matmul::BusWord> a_words;
#pragma HLS STREAM variable = a_words depth = 64
    hls::stream<matmul::Vector<std::int8_t, Array::kLanes>> lanes;
#pragma HLS STREAM variable = lanes depth = 16
    hls::stream<matmul::BusWord> b_words;
#pragma HLS STREAM variable = b_words depth = 64
    hls::stream<matmul::Vector<std::int8_t, Array::kFillColumns>> codes;
#pragma HLS STREAM variable = codes depth = 16
    hls::stream<matmul::ColumnGroup> groups;
#pragma HLS STREAM variable = groups depth = 16
    hls::stream<matmul::RowSums> sums;
#pragma HLS STREAM variable = sums depth = 2
    hls::stream<matmul::Results> results;
#pragma HLS STREAM variable = results depth = 16
    hls::stream<matmul::BusWord> c_words;
#pragma HLS STREAM variable = c_words depth = 32

    matmul::load_rows<std::int8_t, Array>(a, call, step, a_words);
    matmul::split_rows<std::int8_t, Array>(a_words, call, step, lanes);
    matmul::load_b<Array>(b, call, step, b_words);
    matmul::split_b<std::int8_t, Array>(b_words, call, step, codes);
    matmul::load_columns<Array>(columns, call, step, groups);
    matmul::multiply_rows<Array, Array>(lanes, codes, call, step, sums);
    matmul::finish_rows<Array, Array>(sums, groups, call, step, epilogue, results);
    matmul::pack<Array>(results, call, step, epilogue.raw, c_words);
    matmul::store_c<Array>(c_words, call, step, epilogue.raw, c);
  }
}

}  // namespace

// clang-format off
void matmul_i8i8(const matmul::BusWord *a, const matmul::BusWord *b, const matmul::BusWord *columns,
                 matmul::BusWord *c, std::int32_t m, std::int32_t k, std::int32_t n,
                 std::int32_t output, std::int32_t zero_c, std::int32_t clamp_min,
                 std::int32_t clamp_max, std::int32_t b_bits, std::uint32_t weights_id) {
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
  const matmul::RequantizingEpilogue epilogue = {output == kRawOutput,
                                                 {zero_c, clamp_min, clamp_max}};
  const matmul::Shape shape = {m, k, n, b_bits};
  MATMUL_KEPT(Array, matmul::WeightsKey, held, [1]);
  const matmul::WeightsKey key = matmul::weights_key(weights_id, shape, b, columns);
  matmul::Call call = matmul::cut_call<Array>(shape);
  call.held = matmul::take_weights(held[0], key);
  run(a, b, columns, c, call, call.blocks.count + 1, epilogue);
  matmul::keep_weights(held[0], key, call.blocks.whole);
}
