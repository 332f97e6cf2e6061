// SPDX-License-Identifier: Apache-2.0
#include "axi_memory.hpp"

#include <cstring>

namespace rtl {
namespace {

/// Of the random stalls of a port's channel: each port (by its last letter) has its own.
std::uint64_t stream(const char *name, std::uint64_t channel) {
  return static_cast<std::uint64_t>(name[5]) * 8 + channel;
}

}  // namespace

AxiReadMemory::AxiReadMemory(const ReadPort &port, ByteMemory &memory, const MemoryTiming &timing,
                             SharedBandwidth &bandwidth)
    : port_(port),
      memory_(memory),
      timing_(timing),
      bandwidth_(bandwidth),
      addresses_(timing, stream(port.name, 1)),
      data_(timing, stream(port.name, 2)),
      stable_(std::string(port.name) + " ar") {
  reset(false);
}

void AxiReadMemory::reset(bool settled) {
  if (settled && *port_.arvalid) {
    throw ProtocolViolation(std::string(port_.name) + ": arvalid in reset");
  }
  bursts_.clear();
  beat_ = 0;
  presented_ = false;
  stable_.forget();
  *port_.arready = 0;
  *port_.rvalid = 0;
  *port_.rlast = 0;
  *port_.rresp = 0;
}

void AxiReadMemory::set_timing(const MemoryTiming &timing) {
  timing_ = timing;
  addresses_ = Pace(timing, stream(port_.name, 1));
  data_ = Pace(timing, stream(port_.name, 2));
}

void AxiReadMemory::sample() {
  const Burst burst = {*port_.araddr, *port_.arlen, *port_.arsize, *port_.arburst};
  stable_.check(*port_.arvalid, *port_.arready, burst);
  if (*port_.arvalid && *port_.arready) {
    check_burst(port_.name, burst, port_.bytes);
    const auto latency = static_cast<std::uint64_t>(timing_.read_latency);
    bursts_.push_back({burst, now_ + latency});
  }
  if (presented_ && *port_.rready) {
    presented_ = false;
    if (beat_++ == bursts_.front().burst.length) {
      bursts_.pop_front();
      beat_ = 0;
    }
  }
}

void AxiReadMemory::drive() {
  ++now_;
  *port_.arready = !addresses_.stalled();
  const bool may = data_.next() && bandwidth_.any();
  if (!presented_ && may && !bursts_.empty() && bursts_.front().cycle <= now_) {
    const Burst &burst = bursts_.front().burst;
    const std::uint64_t address = burst.address + std::uint64_t{beat_} * port_.bytes;
    std::memcpy(port_.rdata, memory_.at(address, port_.bytes), port_.bytes);
    *port_.rlast = beat_ == burst.length;
    data_.spend();
    bandwidth_.spend(port_.bytes);
    presented_ = true;
  }
  *port_.rvalid = presented_;
}

AxiWriteMemory::AxiWriteMemory(const WritePort &port, ByteMemory &memory,
                               const MemoryTiming &timing, SharedBandwidth &bandwidth)
    : port_(port),
      memory_(memory),
      timing_(timing),
      bandwidth_(bandwidth),
      addresses_(timing, stream(port.name, 1)),
      data_(timing, stream(port.name, 2)),
      answers_(timing, stream(port.name, 3)),
      stable_address_(std::string(port.name) + " aw"),
      stable_data_(std::string(port.name) + " w") {
  reset(false);
}

void AxiWriteMemory::reset(bool settled) {
  if (settled && (*port_.awvalid || *port_.wvalid)) {
    throw ProtocolViolation(std::string(port_.name) + ": awvalid or wvalid in reset");
  }
  bursts_.clear();
  beats_.clear();
  beat_ = 0;
  responses_.clear();
  stable_address_.forget();
  stable_data_.forget();
  *port_.awready = 0;
  *port_.wready = 0;
  *port_.bvalid = 0;
  *port_.bresp = 0;
}

void AxiWriteMemory::set_timing(const MemoryTiming &timing) {
  timing_ = timing;
  addresses_ = Pace(timing, stream(port_.name, 1));
  data_ = Pace(timing, stream(port_.name, 2));
  answers_ = Pace(timing, stream(port_.name, 3));
}

void AxiWriteMemory::sample() {
  const Burst burst = {*port_.awaddr, *port_.awlen, *port_.awsize, *port_.awburst};
  stable_address_.check(*port_.awvalid, *port_.awready, burst);
  if (*port_.awvalid && *port_.awready) {
    check_burst(port_.name, burst, port_.bytes);
    bursts_.push_back(burst);
  }
  if (*port_.wvalid) {
    Beat beat;
    std::memcpy(beat.data.data(), port_.wdata, port_.bytes);
    std::memcpy(&beat.strobes, port_.wstrb, (port_.bytes + 7) / 8);
    beat.last = *port_.wlast != 0;
    stable_data_.check(true, *port_.wready, beat);
    if (*port_.wready) {
      beats_.push_back(beat);
      data_.spend();
      bandwidth_.spend(port_.bytes);
    }
  } else {
    stable_data_.check(false, *port_.wready, {});
  }
  if (*port_.bvalid && *port_.bready) {
    responses_.pop_front();
  }
  take_data();
}

void AxiWriteMemory::take_data() {
  while (!beats_.empty() && !bursts_.empty()) {
    const Burst &burst = bursts_.front();
    const Beat &beat = beats_.front();
    if (beat.last != (beat_ == burst.length)) {
      throw ProtocolViolation(std::string(port_.name) + ": wlast is " + std::to_string(beat.last) +
                              " at beat " + std::to_string(beat_) + " of " +
                              std::to_string(burst.length + 1));
    }
    std::uint8_t *to = memory_.at(burst.address + std::uint64_t{beat_} * port_.bytes, port_.bytes);
    for (unsigned i = 0; i < port_.bytes; ++i) {
      if ((beat.strobes >> i & 1) != 0) {
        to[i] = beat.data[i];
      }
    }
    ++beat_;
    if (beat.last) {
      bursts_.pop_front();
      beat_ = 0;
      responses_.push_back(now_ + static_cast<std::uint64_t>(timing_.write_latency));
    }
    beats_.pop_front();
  }
}

void AxiWriteMemory::drive() {
  ++now_;
  const bool waits = timing_.address_with_data;
  *port_.awready = !addresses_.stalled() && (!waits || *port_.wvalid);
  *port_.wready = data_.next() && bandwidth_.any() && (!waits || !bursts_.empty());
  const bool answers = answers_.next() || *port_.bvalid;
  *port_.bvalid = answers && !responses_.empty() && responses_.front() <= now_;
}

}  // namespace rtl
