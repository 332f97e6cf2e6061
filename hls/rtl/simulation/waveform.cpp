// SPDX-License-Identifier: Apache-2.0
#include "waveform.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace rtl {
namespace {

/// What close() adds for names and sizes of signals, with room to spare.
constexpr std::uint64_t kClosingBytes = std::uint64_t{2} << 20;

/// Of a cycle in which a kernel is busy; a cycle may take more, but not twice as much on average.
constexpr std::uint64_t kBytesPerCycle = 16 << 10;

/// Fewer cycles are not worth a part of their own.
constexpr std::uint64_t kLeastCycles = 32;

/// In the file's header; the field has 128 bytes, zeros after the text.
constexpr std::streamoff kVersionOffset = 74;
constexpr std::size_t kVersionBytes = 128;

}  // namespace

Waveform::Waveform(std::string file, std::uint64_t limit) : file_(std::move(file)), limit_(limit) {
  std::FILE *opened = std::fopen(file_.c_str(), "wb");
  if (opened == nullptr) {
    throw std::runtime_error("waveforms cannot be written to " + file_ + ": " +
                             std::strerror(errno));
  }
  std::fclose(opened);
  context_->traceEverOn(true);
}

void Waveform::open() {
  if (closed_ || fst_.isOpen()) {
    return;
  }
  for (const auto &connect : connect_) {
    connect();
  }
  fst_.set_time_unit("1ns");
  fst_.set_time_resolution("1ns");
  fst_.open(file_.c_str());
  if (!fst_.isOpen()) {
    throw std::runtime_error("waveforms cannot be written to " + file_);
  }
  plan_flush();
}

void Waveform::half_cycle() {
  if (!fst_.isOpen()) {
    return;
  }
  const bool flush = time_ >= flush_at_;
  if (flush) {
    fst_.flush();  // the next dump() does it
  }
  fst_.dump(time_);
  time_ += kHalfCycle;
  if (flush) {
    plan_flush();
  }
}

void Waveform::plan_flush() {
  const std::uint64_t cycles = (time_ - flushed_time_) / (2 * kHalfCycle);
  std::error_code error;
  const std::uint64_t bytes = std::filesystem::file_size(file_, error);
  const std::uint64_t rate =
      std::max(kBytesPerCycle, cycles == 0 || error ? 0 : (bytes - flushed_bytes_) / cycles);
  const std::uint64_t used = bytes + kClosingBytes;
  const std::uint64_t room = !error && used < limit_ ? (limit_ - used) / (2 * rate) : 0;
  if (room < kLeastCycles) {
    finish("limited");
    return;
  }
  flushed_bytes_ = bytes;
  flushed_time_ = time_;
  flush_at_ = time_ + room * 2 * kHalfCycle;
}

void Waveform::close() {
  if (fst_.isOpen()) {
    finish("whole");
  }
  closed_ = true;
}

void Waveform::finish(const char *how) {
  closed_ = true;
  fst_.close();
  std::string text = "fabriq: " + std::to_string(time_ / (2 * kHalfCycle)) + " cycles, " +
                     std::to_string(calls_) + " calls, " + how;
  text.resize(kVersionBytes);
  std::fstream header(file_, std::ios::in | std::ios::out | std::ios::binary);
  header.seekp(kVersionOffset);
  header.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace rtl
