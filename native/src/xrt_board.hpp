// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>

#include "board_address.hpp"
#include "board_index.hpp"
#include "emulation_driver.hpp"
#include "error.hpp"
#include "fabriq/device.hpp"
#include "xrt_kernel.hpp"

namespace fabriq {

/// The exception in flight, as an Error that names what was being done. Only inside a catch block.
[[noreturn]] void rethrow_xrt_error(const std::string &action);

/// An open xrt::device with its xclbin. Thread-safe.
class XrtBoard {
 public:
  explicit XrtBoard(const BoardAddress &address);
  ~XrtBoard();
  XrtBoard(const XrtBoard &) = delete;
  XrtBoard &operator=(const XrtBoard &) = delete;

  const std::string &description() const { return description_; }
  const xrt::device &device() const { return device_; }

  /// Of an emulation, else nullptr.
  const EmulationDriver *driver() const { return driver_ ? &*driver_ : nullptr; }

  /// All compute units of a kernel that are to be used: XRT starts each run on a free one. Throws
  /// FABRIQ_UNAVAILABLE if the xclbin has no such kernel, or another signature.
  std::shared_ptr<XrtKernel> kernel(const KernelDescriptor &descriptor);

  /// Runs a function that calls XRT. Its exceptions, and a failure of the emulation until its end,
  /// become an Error that names the action.
  template <typename Function>
  auto call(const std::string &action, Clock::time_point deadline, Function function) {
    EmulationWatch watch(driver(), deadline);
    try {
      if constexpr (std::is_void_v<decltype(function())>) {
        function();
        check(action, watch);
      } else {
        auto result = function();
        check(action, watch);
        return result;
      }
    } catch (const Error &) {
      throw;
    } catch (...) {
      check(action, watch);
      rethrow_xrt_error(action);
    }
  }

  /// True if the emulation has failed since this board was opened.
  bool failed() const;

  /// Guards XRT's table of schedulers: exclusive while a board or kernel is opened, shared for
  /// starts.
  static std::shared_mutex &schedulers();

 private:
  void check(const std::string &action, EmulationWatch &watch) const;
  void load();
  std::shared_ptr<XrtKernel> open_kernel(const KernelDescriptor &descriptor);
  std::string compute_unit_names(const xrt::xclbin::kernel &kernel) const;

  BoardAddress address_;
  std::optional<BoardIndex> index_;        // of an emulation
  std::optional<EmulationDriver> driver_;  // of an emulation
  xrt::device device_;
  xrt::xclbin xclbin_;
  xrt::uuid uuid_;
  std::string description_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<XrtKernel>> kernels_;
};

}  // namespace fabriq
