// SPDX-License-Identifier: Apache-2.0
#pragma once

#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "board_address.hpp"
#include "board_index.hpp"
#include "emulation_driver.hpp"
#include "fabriq/device.hpp"

namespace fabriq {

template <typename Object>
using OpenclHandle = std::unique_ptr<std::remove_pointer_t<Object>, cl_int (*)(Object)>;

/// Throws an Error that names the action unless the status is CL_SUCCESS.
void check_opencl(cl_int status, const std::string &action);

/// A device of XRT's OpenCL platform with its xclbin, and an out-of-order queue. Thread-safe.
class OpenclBoard {
 public:
  explicit OpenclBoard(const BoardAddress &address);
  ~OpenclBoard();
  OpenclBoard(const OpenclBoard &) = delete;
  OpenclBoard &operator=(const OpenclBoard &) = delete;

  const std::string &description() const { return description_; }

  /// Of an emulation, else nullptr.
  const EmulationDriver *driver() const { return driver_ ? &*driver_ : nullptr; }

  cl_command_queue queue() const { return queue_.get(); }

  /// A kernel object of one's own, over the compute units that are to be used. Throws
  /// FABRIQ_UNAVAILABLE if the xclbin has no such kernel, or another signature.
  OpenclHandle<cl_kernel> create_kernel(const KernelDescriptor &descriptor) const;

  /// Memory in the bank of a kernel's argument.
  OpenclHandle<cl_mem> create_buffer(const KernelDescriptor &descriptor, int argument,
                                     std::size_t bytes);

  /// True if the emulation has failed since this board was opened.
  bool failed() const;

  /// Throws if it has. \param late if a watch has stopped it
  void check_alive(const std::string &action, bool late) const;

 private:
  void find_device();
  void load();
  OpenclHandle<cl_kernel> create_kernel(const std::string &name) const;
  std::vector<std::string> compute_units(cl_kernel kernel) const;

  BoardAddress address_;
  std::optional<BoardIndex> index_;        // of an emulation
  std::optional<EmulationDriver> driver_;  // of an emulation
  cl_device_id device_ = nullptr;
  OpenclHandle<cl_context> context_{nullptr, clReleaseContext};
  OpenclHandle<cl_program> program_{nullptr, clReleaseProgram};
  OpenclHandle<cl_command_queue> queue_{nullptr, clReleaseCommandQueue};
  std::string description_;
  std::mutex mutex_;
  std::map<std::string, OpenclHandle<cl_kernel>> placements_;  // give buffers their bank
};

}  // namespace fabriq
