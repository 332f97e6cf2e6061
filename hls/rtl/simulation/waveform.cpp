// SPDX-License-Identifier: Apache-2.0
#include "waveform.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace rtl {

Waveform::Waveform(std::string file) : file_(std::move(file)) {
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
  fst_.set_time_unit("1ns");
  fst_.set_time_resolution("1ns");
  fst_.open(file_.c_str());
  if (!fst_.isOpen()) {
    throw std::runtime_error("waveforms cannot be written to " + file_);
  }
}

void Waveform::half_cycle() {
  if (fst_.isOpen()) {
    fst_.dump(time_);
    time_ += kHalfCycle;
  }
}

void Waveform::close() {
  closed_ = true;
  fst_.close();
}

}  // namespace rtl
