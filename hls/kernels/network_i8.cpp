// SPDX-License-Identifier: Apache-2.0
#include "network_i8.hpp"

#include "matmul/kept_state.hpp"
#include "network/held_program.hpp"
#include "network/run.hpp"

namespace {

struct Unit;  // owns what is kept

/// How a call ended; the cycles of the rest of a report are not known.
void write_report(matmul::BusWord *results, const overlay::Outcome &outcome) {
  constexpr int kCounters = 5;
  overlay::Line report = {};
  report.lane[0] = overlay::status_word(outcome.status, outcome.record);
  for (int i = 1; i <= kCounters; ++i) {
#pragma HLS UNROLL
    report.lane[i] = ~overlay::Word(0);
  }
  overlay::write_line(results, report);
}

/// Loads the program unless it is held, and runs it.
overlay::Outcome call(const matmul::BusWord *program, const matmul::BusWord *images,
                      matmul::BusWord *results, std::uint32_t chunks, std::uint32_t program_id) {
  MATMUL_KEPT(Unit, overlay::HeldProgram, held, [1]);
  MATMUL_KEPT(Unit, overlay::Line, records, [overlay::kRecords]);
#pragma HLS AGGREGATE variable = records
  MATMUL_KEPT(Unit, overlay::Codes, weights,
              [overlay::kWeightEntries][overlay::kQuarters][overlay::kLanes][overlay::kHalves]);
#pragma HLS AGGREGATE variable = weights
#pragma HLS ARRAY_PARTITION variable = weights complete dim = 2
#pragma HLS ARRAY_PARTITION variable = weights complete dim = 3
#pragma HLS ARRAY_PARTITION variable = weights complete dim = 4
#pragma HLS BIND_STORAGE variable = weights type = ram_s2p impl = bram
  MATMUL_KEPT(Unit, overlay::Tap, taps, [overlay::kTapRows][overlay::kTaps]);
#pragma HLS AGGREGATE variable = taps
#pragma HLS ARRAY_PARTITION variable = taps complete dim = 2
  MATMUL_KEPT(Unit, overlay::Word, columns, [overlay::kColumnEntries][overlay::kQuarterColumns]);
#pragma HLS ARRAY_PARTITION variable = columns complete dim = 2
  MATMUL_KEPT(Unit, std::int8_t, tables,
              [overlay::kTableCopies][overlay::kTables * overlay::kTableCodes]);
#pragma HLS ARRAY_PARTITION variable = tables complete dim = 1
#pragma HLS BIND_STORAGE variable = tables type = ram_2p impl = bram
  MATMUL_KEPT(Unit, overlay::Word, memory, [overlay::kCopies][overlay::kLines][overlay::kBanks]);
#pragma HLS ARRAY_PARTITION variable = memory complete dim = 1
#pragma HLS ARRAY_PARTITION variable = memory complete dim = 3
#pragma HLS BIND_STORAGE variable = memory type = ram_s2p impl = bram

  if (chunks == 0 || chunks > overlay::kMostChunks) {
    return {overlay::kWrongChunks, 0};
  }
  const overlay::ProgramKey key = overlay::program_key(program_id, program);
  if (!overlay::is_held(held[0], key)) {
    overlay::Header header = {};
    const overlay::Status status = overlay::read_header(program, header);
    if (status != overlay::kRight) {
      return {status, 0};  // what is held stays held
    }
    overlay::load_program(program, header, records, weights, taps, columns, tables);
    held[0].key = key;
    held[0].header = header;
  }
  return overlay::run_program(images, results + overlay::kReportLines * overlay::kLineBeats,
                              static_cast<int>(chunks), held[0].header, records, weights, taps,
                              columns, tables, memory);
}

}  // namespace

// clang-format off
void network_i8(const matmul::BusWord *program, const matmul::BusWord *images,
                matmul::BusWord *results, std::uint32_t chunks, std::uint32_t program_id) {
#pragma HLS INTERFACE mode=m_axi port=program bundle=gmem_program offset=slave depth=16384 latency=64 \
    max_read_burst_length=64 num_read_outstanding=16
#pragma HLS INTERFACE mode=m_axi port=images bundle=gmem_images offset=slave depth=16384 latency=64 \
    max_read_burst_length=64 num_read_outstanding=16
#pragma HLS INTERFACE mode=m_axi port=results bundle=gmem_results offset=slave depth=16384 latency=64 \
    max_write_burst_length=64 num_write_outstanding=8
#pragma HLS INTERFACE mode=s_axilite port=program
#pragma HLS INTERFACE mode=s_axilite port=images
#pragma HLS INTERFACE mode=s_axilite port=results
#pragma HLS INTERFACE mode=s_axilite port=chunks
#pragma HLS INTERFACE mode=s_axilite port=program_id
#pragma HLS INTERFACE mode=s_axilite port=return
#pragma HLS INTERFACE mode=ap_ctrl_chain port=return
  // clang-format on
  write_report(results, call(program, images, results, chunks, program_id));
}
