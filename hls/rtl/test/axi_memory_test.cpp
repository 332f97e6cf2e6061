// SPDX-License-Identifier: Apache-2.0

// The simulated memory must see what a kernel does wrong at its ports: each broken rule here ends
// in ProtocolViolation, and correct bursts do not.

#include "axi_memory.hpp"

#include <array>
#include <cstdlib>
#include <functional>
#include <iostream>

#include "region_memory.hpp"

namespace {

int failed = 0;

template <typename Error>
void refuses(const char *what, const std::function<void()> &act) {
  try {
    act();
  } catch (const Error &) {
    return;
  }
  std::cout << what << " passed\n";
  ++failed;
}

/// The signals of a 64-bit port, moved by hand.
struct Master {
  std::uint8_t avalid = 0, aready = 0, alen = 0, asize = 3, aburst = 1;
  std::uint64_t address = 0;
  std::uint8_t rvalid = 0, rready = 1, rlast = 0, rresp = 0;
  std::uint8_t wvalid = 0, wready = 0, wlast = 0, wstrb = 0xff;
  std::uint8_t bvalid = 0, bready = 1, bresp = 0;
  std::uint64_t data = 0;
  std::uint8_t bytes[8192] = {};
  rtl::RegionMemory memory;
  rtl::SharedBandwidth bandwidth{1000};

  Master() { memory.place(0x10000, bytes, sizeof bytes); }

  rtl::ReadPort read_port() {
    return {"gmem_a", 8,       &avalid, &aready, &address, &alen, &asize,
            &aburst,  &rvalid, &rready, &rlast,  &rresp,   &data};
  }

  rtl::WritePort write_port() {
    return {"gmem_c", 8,       &avalid, &aready, &address, &alen,   &asize,  &aburst,
            &wvalid,  &wready, &wlast,  &data,   &wstrb,   &bvalid, &bready, &bresp};
  }

  template <typename Memory>
  void drive(Memory &port) {
    bandwidth.cycle(1, [&](unsigned) { port.drive(); });
  }

  template <typename Memory>
  void ask(Memory &port, std::uint64_t where, unsigned beats) {
    address = where;
    alen = static_cast<std::uint8_t>(beats - 1);
    avalid = 1;
    drive(port);
    port.sample();
    avalid = 0;
  }
};

void bursts() {
  const auto ask = [](std::uint64_t address, unsigned beats, std::uint8_t size, std::uint8_t type) {
    Master master;
    rtl::AxiReadMemory port(master.read_port(), master.memory, {}, master.bandwidth);
    master.asize = size;
    master.aburst = type;
    master.ask(port, address, beats);
  };
  ask(0x10000 + 4096 - 128, 16, 3, 1);
  refuses<rtl::ProtocolViolation>("a burst across 4 KiB",
                                  [&] { ask(0x10000 + 4096 - 120, 16, 3, 1); });
  refuses<rtl::ProtocolViolation>("an unaligned burst", [&] { ask(0x10004, 1, 3, 1); });
  refuses<rtl::ProtocolViolation>("a narrow burst", [&] { ask(0x10000, 1, 2, 1); });
  refuses<rtl::ProtocolViolation>("a fixed burst", [&] { ask(0x10000, 1, 3, 0); });
}

void stability() {
  rtl::StableChannel<rtl::Burst> channel("test");
  const rtl::Burst burst = {64, 3, 3, 1};
  channel.check(true, false, burst);
  channel.check(true, true, burst);
  channel.check(false, true, {});
  channel.check(true, false, burst);
  refuses<rtl::ProtocolViolation>("valid that fell", [&] { channel.check(false, false, burst); });
  const auto changed = [&] { channel.check(true, true, {72, 3, 3, 1}); };
  refuses<rtl::ProtocolViolation>("an address that changed", changed);
}

void reads() {
  Master master;
  rtl::MemoryTiming timing;
  timing.read_latency = 5;
  rtl::AxiReadMemory port(master.read_port(), master.memory, timing, master.bandwidth);
  master.bytes[8] = 42;
  master.ask(port, 0x10000, 2);
  int cycles = 0;
  for (; !master.rvalid; ++cycles) {
    master.drive(port);
    port.sample();
  }
  failed += cycles == timing.read_latency ? 0 : 1;
  master.drive(port);
  failed += master.rvalid && master.rlast && master.data == 42 && !port.quiet() ? 0 : 1;
  port.sample();
  failed += port.quiet() ? 0 : 1;
  refuses<std::out_of_range>("a read outside memory", [&] {
    master.ask(port, 0x20000, 1);
    for (int i = 0; i < 10; ++i) {
      master.drive(port);
      port.sample();
    }
  });
}

void writes() {
  Master master;
  rtl::AxiWriteMemory port(master.write_port(), master.memory, {}, master.bandwidth);
  const auto send = [&](std::uint64_t data, std::uint8_t strobes, bool last) {
    master.wvalid = 1;
    master.data = data;
    master.wstrb = strobes;
    master.wlast = last;
    master.drive(port);
    port.sample();
    master.wvalid = 0;
  };
  master.ask(port, 0x10008, 2);
  send(0x0807060504030201, 0xff, false);
  send(0xffffffffffffffff, 0x05, true);
  failed += master.bytes[8] == 1 && master.bytes[15] == 8 && master.bytes[16] == 0xff &&
                    master.bytes[17] == 0 && master.bytes[18] == 0xff && !port.quiet()
                ? 0
                : 1;
  master.ask(port, 0x10000, 2);
  refuses<rtl::ProtocolViolation>("wlast too early", [&] { send(0, 0xff, true); });
}

/// The address goes with the first data, and data follow their address.
void address_with_data() {
  Master master;
  rtl::MemoryTiming timing;
  timing.address_with_data = true;
  rtl::AxiWriteMemory port(master.write_port(), master.memory, timing, master.bandwidth);
  const auto cycle = [&] {
    master.drive(port);
    const bool taken = master.avalid && master.aready;
    port.sample();
    master.avalid = taken ? 0 : master.avalid;
  };
  master.address = 0x10000;
  master.avalid = 1;
  cycle();
  cycle();
  failed += master.avalid && !master.wready ? 0 : 1;
  master.wvalid = 1;
  master.wlast = 1;
  master.data = 42;
  cycle();
  failed += !master.avalid && master.bytes[0] == 0 ? 0 : 1;
  cycle();
  failed += master.wready && master.bytes[0] == 42 ? 0 : 1;
}

/// Bursts of before are forgotten; a valid that stays up in reset is refused.
void resets() {
  Master master;
  rtl::AxiReadMemory reads(master.read_port(), master.memory, {}, master.bandwidth);
  master.ask(reads, 0x10000, 2);
  failed += reads.quiet() ? 1 : 0;
  reads.reset(true);
  failed += reads.quiet() && !master.aready && !master.rvalid ? 0 : 1;
  master.avalid = 1;
  reads.reset(false);
  refuses<rtl::ProtocolViolation>("arvalid in reset", [&] { reads.reset(true); });
  rtl::AxiWriteMemory writes(master.write_port(), master.memory, {}, master.bandwidth);
  refuses<rtl::ProtocolViolation>("awvalid in reset", [&] { writes.reset(true); });
  master.avalid = 0;
  master.wvalid = 1;
  refuses<rtl::ProtocolViolation>("wvalid in reset", [&] { writes.reset(true); });
}

/// Cycles until each of two ports has read 64 beats.
int shared_cycles(double bytes_per_cycle) {
  constexpr int kBeats = 64;
  std::array<Master, 2> masters;
  rtl::SharedBandwidth bandwidth(bytes_per_cycle);
  rtl::MemoryTiming timing;
  timing.read_latency = 1;
  std::array<rtl::AxiReadMemory, 2> ports = {
      {{masters[0].read_port(), masters[0].memory, timing, bandwidth},
       {masters[1].read_port(), masters[1].memory, timing, bandwidth}}};
  for (std::size_t i = 0; i < 2; ++i) {
    masters[i].ask(ports[i], 0x10000, kBeats);
  }
  std::array<int, 2> beats = {};
  int cycles = 0;
  for (; beats[0] + beats[1] < 2 * kBeats; ++cycles) {
    bandwidth.cycle(2, [&](unsigned i) {
      ports[i].drive();
      beats[i] += masters[i].rvalid;
      ports[i].sample();
    });
    failed += std::abs(beats[0] - beats[1]) <= 1 ? 0 : 1;
  }
  return cycles;
}

void shared() {
  failed += shared_cycles(16) == 64 ? 0 : 1;
  failed += shared_cycles(42) == 64 ? 0 : 1;
  failed += shared_cycles(8) == 128 ? 0 : 1;
  const int cycles = shared_cycles(12);
  failed += cycles >= 85 && cycles <= 88 ? 0 : 1;
}

}  // namespace

int main() {
  bursts();
  stability();
  reads();
  writes();
  address_with_data();
  resets();
  shared();
  std::cout << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}
