// SPDX-License-Identifier: Apache-2.0
#pragma once

// Memory behind an AXI4 master: one object per read-only or write-only port. In each cycle sample()
// sees the signals as they stand before the rising edge, and drive() sets the memory's own after
// it. Broken rules throw ProtocolViolation.
//
// Ports are pointers to a Verilated model's signals; data are bytes, little-endian, so the host
// must be so too.

#include <array>
#include <cstddef>
#include <deque>

#include "byte_memory.hpp"
#include "memory_timing.hpp"
#include "protocol.hpp"

namespace rtl {

struct ReadPort {
  const char *name;
  unsigned bytes;  // of a beat
  const std::uint8_t *arvalid;
  std::uint8_t *arready;
  const std::uint64_t *araddr;
  const std::uint8_t *arlen;
  const std::uint8_t *arsize;
  const std::uint8_t *arburst;
  std::uint8_t *rvalid;
  const std::uint8_t *rready;
  std::uint8_t *rlast;
  std::uint8_t *rresp;
  void *rdata;
};

struct WritePort {
  const char *name;
  unsigned bytes;  // of a beat
  const std::uint8_t *awvalid;
  std::uint8_t *awready;
  const std::uint64_t *awaddr;
  const std::uint8_t *awlen;
  const std::uint8_t *awsize;
  const std::uint8_t *awburst;
  const std::uint8_t *wvalid;
  std::uint8_t *wready;
  const std::uint8_t *wlast;
  const void *wdata;
  const void *wstrb;
  std::uint8_t *bvalid;
  const std::uint8_t *bready;
  std::uint8_t *bresp;
};

class AxiReadMemory {
 public:
  /// The signals, the memory and the bandwidth outlive this.
  AxiReadMemory(const ReadPort &port, ByteMemory &memory, const MemoryTiming &timing,
                SharedBandwidth &bandwidth);

  void sample();
  void drive();

  /// In place of both while the kernel is in reset: forgets all bursts. \param settled the kernel
  /// has seen a rising edge in reset, so that its valid must be low
  void reset(bool settled);

  /// From now on; beats_per_cycle and stalls of this port, and latencies of its next bursts.
  void set_timing(const MemoryTiming &timing);

  /// No burst is under way.
  bool quiet() const { return bursts_.empty() && !presented_; }

 private:
  struct Due {
    Burst burst;
    std::uint64_t cycle;
  };

  ReadPort port_;
  ByteMemory &memory_;
  MemoryTiming timing_;
  SharedBandwidth &bandwidth_;
  Pace addresses_;
  Pace data_;
  StableChannel<Burst> stable_;
  std::deque<Due> bursts_;
  unsigned beat_ = 0;  // of the first burst, next to come
  bool presented_ = false;
  std::uint64_t now_ = 0;
};

class AxiWriteMemory {
 public:
  /// The signals, the memory and the bandwidth outlive this.
  AxiWriteMemory(const WritePort &port, ByteMemory &memory, const MemoryTiming &timing,
                 SharedBandwidth &bandwidth);

  void sample();
  void drive();

  /// As of AxiReadMemory.
  void reset(bool settled);
  void set_timing(const MemoryTiming &timing);

  /// No burst is under way.
  bool quiet() const { return bursts_.empty() && beats_.empty() && responses_.empty(); }

 private:
  struct Beat {
    std::array<std::uint8_t, 64> data{};
    std::uint64_t strobes = 0;
    bool last = false;

    bool operator==(const Beat &other) const {
      return data == other.data && strobes == other.strobes && last == other.last;
    }
  };

  void take_data();

  WritePort port_;
  ByteMemory &memory_;
  MemoryTiming timing_;
  SharedBandwidth &bandwidth_;
  Pace addresses_;
  Pace data_;
  Pace answers_;
  StableChannel<Burst> stable_address_;
  StableChannel<Beat> stable_data_;
  std::deque<Burst> bursts_;             // with beats to come
  std::deque<Beat> beats_;               // whose address may be to come
  unsigned beat_ = 0;                    // of the first burst, next to be written
  std::deque<std::uint64_t> responses_;  // cycles when they are due
  std::uint64_t now_ = 0;
};

}  // namespace rtl

// The port `bundle` of a Verilated model, as ReadPort or WritePort.
// clang-format off
#define RTL_READ_PORT(model, bundle)                                          \
  rtl::ReadPort {                                                             \
    #bundle, static_cast<unsigned>(sizeof(model).m_axi_##bundle##_rdata),     \
        &(model).m_axi_##bundle##_arvalid, &(model).m_axi_##bundle##_arready, \
        &(model).m_axi_##bundle##_araddr, &(model).m_axi_##bundle##_arlen,    \
        &(model).m_axi_##bundle##_arsize, &(model).m_axi_##bundle##_arburst,  \
        &(model).m_axi_##bundle##_rvalid, &(model).m_axi_##bundle##_rready,   \
        &(model).m_axi_##bundle##_rlast, &(model).m_axi_##bundle##_rresp,     \
        &(model).m_axi_##bundle##_rdata                                       \
  }

#define RTL_WRITE_PORT(model, bundle)                                         \
  rtl::WritePort {                                                            \
    #bundle, static_cast<unsigned>(sizeof(model).m_axi_##bundle##_wdata),     \
        &(model).m_axi_##bundle##_awvalid, &(model).m_axi_##bundle##_awready, \
        &(model).m_axi_##bundle##_awaddr, &(model).m_axi_##bundle##_awlen,    \
        &(model).m_axi_##bundle##_awsize, &(model).m_axi_##bundle##_awburst,  \
        &(model).m_axi_##bundle##_wvalid, &(model).m_axi_##bundle##_wready,   \
        &(model).m_axi_##bundle##_wlast, &(model).m_axi_##bundle##_wdata,     \
        &(model).m_axi_##bundle##_wstrb, &(model).m_axi_##bundle##_bvalid,    \
        &(model).m_axi_##bundle##_bready, &(model).m_axi_##bundle##_bresp     \
  }
// clang-format on
