// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Verilated kernel with its clock, its memory and a master at its registers. Only calls of
// tick(), write_register() and read_register() let time pass; all run in the caller's thread.

#include <verilated.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "axi_memory.hpp"

namespace rtl {

/// Sees a model after each half of a clock cycle.
class ClockObserver {
 public:
  virtual ~ClockObserver() = default;
  virtual void half_cycle() = 0;
};

/// A Verilated kernel's AXI4 masters: those of a matrix product, unless it is specialized.
template <typename Model>
struct KernelPorts {
  static std::vector<ReadPort> reads(Model &model) {
    return {RTL_READ_PORT(model, gmem_a), RTL_READ_PORT(model, gmem_b),
            RTL_READ_PORT(model, gmem_p)};
  }
  static WritePort write(Model &model) { return RTL_WRITE_PORT(model, gmem_c); }
};

/// \tparam Model a Verilated kernel with the ports ap_clk, ap_rst_n, s_axi_control and those of
/// KernelPorts
template <typename Model>
class KernelSimulation {
 public:
  /// Resets the kernel. \param memory outlives this
  /// \param context in which the model is made, with this name
  KernelSimulation(ByteMemory &memory, const MemoryTiming &timing,
                   std::shared_ptr<VerilatedContext> context = std::make_shared<VerilatedContext>(),
                   const char *name = "TOP")
      : context_(std::move(context)),
        model_(make_model(*context_, name)),
        bandwidth_(timing.bytes_per_cycle),
        write_(KernelPorts<Model>::write(*model_), memory, timing, bandwidth_),
        register_pace_(timing, 0) {
    for (const ReadPort &port : KernelPorts<Model>::reads(*model_)) {
      reads_.emplace_back(port, memory, timing, bandwidth_);
    }
    model_->s_axi_control_awvalid = 0;
    model_->s_axi_control_wvalid = 0;
    model_->s_axi_control_bready = 0;
    model_->s_axi_control_arvalid = 0;
    model_->s_axi_control_rready = 0;
    reset();
  }

  ~KernelSimulation() { model_->final(); }

  /// Resets kernel and memory, whatever is under way; registers are then 0.
  void reset() {
    model_->ap_rst_n = 0;
    for (reset_cycles_ = 0; reset_cycles_ < kResetCycles; ++reset_cycles_) {
      tick();
    }
    model_->ap_rst_n = 1;
    tick();
  }

  /// One clock cycle. Throws ProtocolViolation if the kernel breaks a rule of its buses.
  void tick() {
    model_->ap_clk = 0;
    eval();
    for (AxiReadMemory &port : reads_) {
      model_->ap_rst_n ? port.sample() : port.reset(reset_cycles_ > 0);
    }
    model_->ap_rst_n ? write_.sample() : write_.reset(reset_cycles_ > 0);
    sample_registers();
    model_->ap_clk = 1;
    eval();
    if (model_->ap_rst_n) {
      bandwidth_.cycle(static_cast<unsigned>(reads_.size()) + 1, [this](unsigned port) {
        if (port < reads_.size()) {
          reads_[port].drive();
        } else {
          write_.drive();
        }
      });
    }
    ++cycles_;
  }

  std::uint64_t cycles() const { return cycles_; }

  Model &model() { return *model_; }

  enum Port { kA, kB, kParameters, kC };

  /// How fast the memory behind a port is from now on; bytes_per_cycle, which ports share, stays.
  void set_timing(Port port, const MemoryTiming &timing) {
    port == kC ? write_.set_timing(timing) : reads_[port].set_timing(timing);
  }

  /// The same for all ports.
  void set_timing(const MemoryTiming &timing) {
    for (AxiReadMemory &port : reads_) {
      port.set_timing(timing);
    }
    write_.set_timing(timing);
  }

  /// \param observer outlives this
  void observe(ClockObserver &observer) { observer_ = &observer; }

  /// \param offset a multiple of 4, below 4096
  /// \param bytes that are written, bit by bit
  void write_register(std::uint32_t offset, std::uint32_t value, std::uint8_t bytes = 15) {
    model_->s_axi_control_awaddr = static_cast<std::uint16_t>(offset);
    model_->s_axi_control_wdata = value;
    model_->s_axi_control_wstrb = bytes;
    address_waits_ = data_waits_ = true;
    wait_for([this] {
      model_->s_axi_control_awvalid = address_waits_ && !register_pace_.stalled();
      model_->s_axi_control_wvalid = data_waits_ && !register_pace_.stalled();
      hold_valid();
      return !address_waits_ && !data_waits_;
    });
    answer_waits_ = true;
    wait_for([this] {
      model_->s_axi_control_bready = answer_waits_ && !register_pace_.stalled();
      return !answer_waits_;
    });
  }

  std::uint32_t read_register(std::uint32_t offset) {
    model_->s_axi_control_araddr = static_cast<std::uint16_t>(offset);
    read_address_waits_ = value_waits_ = true;
    wait_for([this] {
      model_->s_axi_control_arvalid = read_address_waits_;
      model_->s_axi_control_rready = value_waits_ && !register_pace_.stalled();
      return !value_waits_;
    });
    return value_;
  }

  bool interrupt() const { return model_->__SYM__interrupt; }

  /// No burst is under way at any port.
  bool quiet() const {
    return write_.quiet() && std::all_of(reads_.begin(), reads_.end(),
                                         [](const AxiReadMemory &port) { return port.quiet(); });
  }

 private:
  static constexpr int kResetCycles = 4;
  static constexpr int kPatience = 1000;  // cycles until a register must have answered

  static Model *make_model(VerilatedContext &context, const char *name) {
    context.randReset(2);
    return new Model(&context, name);
  }

  void eval() {
    model_->eval();
    if (observer_ != nullptr) {
      observer_->half_cycle();
    }
  }

  template <typename Step>
  void wait_for(Step ended) {
    for (int i = 0; !ended(); ++i) {
      if (i == kPatience) {
        throw ProtocolViolation("s_axi_control: no answer for " + std::to_string(kPatience) +
                                " cycles");
      }
      tick();
    }
  }

  // A valid that was given stays.
  void hold_valid() {
    address_given_ = address_waits_ && (address_given_ || model_->s_axi_control_awvalid);
    data_given_ = data_waits_ && (data_given_ || model_->s_axi_control_wvalid);
    model_->s_axi_control_awvalid = address_given_;
    model_->s_axi_control_wvalid = data_given_;
  }

  void sample_registers() {
    if (model_->s_axi_control_awvalid && model_->s_axi_control_awready) {
      address_waits_ = false;
    }
    if (model_->s_axi_control_wvalid && model_->s_axi_control_wready) {
      data_waits_ = false;
    }
    if (model_->s_axi_control_bvalid && model_->s_axi_control_bready) {
      answer_waits_ = false;
    }
    if (model_->s_axi_control_arvalid && model_->s_axi_control_arready) {
      read_address_waits_ = false;
    }
    if (model_->s_axi_control_rvalid && model_->s_axi_control_rready) {
      value_waits_ = false;
      value_ = model_->s_axi_control_rdata;
    }
  }

  std::shared_ptr<VerilatedContext> context_;
  std::unique_ptr<Model> model_;
  SharedBandwidth bandwidth_;
  std::deque<AxiReadMemory> reads_;
  AxiWriteMemory write_;
  Pace register_pace_;
  ClockObserver *observer_ = nullptr;
  std::uint64_t cycles_ = 0;
  int reset_cycles_ = 0;
  bool address_waits_ = false;
  bool data_waits_ = false;
  bool address_given_ = false;
  bool data_given_ = false;
  bool answer_waits_ = false;
  bool read_address_waits_ = false;
  bool value_waits_ = false;
  std::uint32_t value_ = 0;
};

}  // namespace rtl
