// SPDX-License-Identifier: Apache-2.0
#include "xrt_board.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <system_error>

#include "signal_dispositions.hpp"

namespace fabriq {
namespace {

constexpr std::chrono::seconds kOpenTime(10);

/// The last is what XRT 2.13 says, without a code, if it gets no context on the board.
bool says_busy(const std::string &text) {
  return text.find("busy") != std::string::npos || text.find("in use") != std::string::npos ||
         text.find("unable to reserve virtual CU") != std::string::npos;
}

/// XRT gives errno values with either sign.
fabriq_status status_of(int code, const std::string &text) {
  code = std::abs(code);
  return code == EBUSY || says_busy(text) ? FABRIQ_BUSY
         : code == ENOMEM                 ? FABRIQ_OUT_OF_MEMORY
         : code == ENODEV                 ? FABRIQ_UNAVAILABLE
                                          : FABRIQ_DEVICE_FAILED;
}

const char *remedy_of(fabriq_status status) {
  switch (status) {
    case FABRIQ_BUSY:
      return "; another process holds the board: end it, or use the same xclbin";
    case FABRIQ_OUT_OF_MEMORY:
      return "; use smaller matrices, or release weights";
    default:
      return "";
  }
}

[[noreturn]] void reject(const std::string &action, int code, const std::string &text) {
  const fabriq_status status = status_of(code, text);
  throw Error(status, action + " failed: " + text + remedy_of(status));
}

}  // namespace

void rethrow_xrt_error(const std::string &action) {
  try {
    throw;
  } catch (const std::bad_alloc &) {
    reject(action, ENOMEM, "out of device or host memory");
  } catch (const std::system_error &error) {
    reject(action, error.code().value(), error.what());
  } catch (const std::exception &error) {
    reject(action, 0, error.what());
  } catch (...) {
    reject(action, 0, "XRT threw an unknown exception");
  }
}

std::shared_mutex &XrtBoard::schedulers() {
  static std::shared_mutex mutex;
  return mutex;
}

XrtBoard::XrtBoard(const BoardAddress &address) : address_(address) {
  if (access(address_.xclbin.c_str(), R_OK) != 0) {
    throw Error(FABRIQ_UNAVAILABLE, "cannot read the xclbin " + address_.xclbin + " (" +
                                        std::strerror(errno) + "); give its path as xclbin=FILE");
  }
  if (address.emulation != Emulation::kNone) {
    index_.emplace(0);
    driver_.emplace(index_->value());
  }
  try {
    call("opening " + address_.uri_name, Clock::now() + kOpenTime,
         [this] { device_ = index_ ? xrt::device(index_->value()) : xrt::device(address_.board); });
  } catch (const Error &error) {
    if (index_ || error.status() != FABRIQ_DEVICE_FAILED) {
      throw;
    }
    throw Error(FABRIQ_UNAVAILABLE, error.what() + std::string("; see which boards there are with "
                                                               "`xbutil examine`, or use "
                                                               "xrt:sw_emu"));
  }
  call("loading " + address_.xclbin, Clock::now() + kOpenTime, [this] { load(); });
}

XrtBoard::~XrtBoard() {
  const EmulationWatch watch(driver(), Clock::now() + address_.close_time());
  const std::unique_lock<std::shared_mutex> lock(schedulers());
  kernels_.clear();
  if (index_ && device_) {
    await_last_holder(*index_, [this] {
      const auto handle = device_.get_handle();
      return handle.use_count() == 2;  // the device's and this one
    });
  }
  device_ = xrt::device();
}

void XrtBoard::load() {
  const std::unique_lock<std::shared_mutex> lock(schedulers());
  const SignalDispositions dispositions;
  std::fflush(nullptr);  // an emulation forks, and would write what is buffered twice
  xclbin_ = xrt::xclbin(address_.xclbin);
  uuid_ = device_.load_xclbin(xclbin_);
  description_ = address_.uri_name + ": XRT, xclbin " + address_.xclbin + " (" + uuid_.to_string() +
                 ")" +
                 (address_.compute_units > 0
                      ? ", " + std::to_string(address_.compute_units) + " compute units per kernel"
                      : "");
}

bool XrtBoard::failed() const { return driver_ && driver_->failed(); }

void XrtBoard::check(const std::string &action, EmulationWatch &watch) const {
  const bool late = watch.finish();
  if (late || failed()) {
    driver_->throw_failure(action, late);
  }
}

std::shared_ptr<XrtKernel> XrtBoard::kernel(const KernelDescriptor &descriptor) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto known = kernels_.find(descriptor.name);
  if (known == kernels_.end()) {
    known = kernels_.emplace(descriptor.name, open_kernel(descriptor)).first;
  }
  return known->second;
}

std::string XrtBoard::compute_unit_names(const xrt::xclbin::kernel &kernel) const {
  const auto units = kernel.get_cus();
  const auto wanted = static_cast<std::size_t>(address_.compute_units);
  if (wanted == 0) {
    return kernel.get_name();
  }
  address_.check_compute_units(kernel.get_name(), units.size());
  std::string names;
  for (std::size_t i = 0; i < wanted; ++i) {
    const std::string name = units[i].get_name();  // "kernel:unit"
    names += (i == 0 ? "" : ",") + name.substr(name.find(':') + 1);
  }
  return kernel.get_name() + ":{" + names + "}";
}

std::shared_ptr<XrtKernel> XrtBoard::open_kernel(const KernelDescriptor &descriptor) {
  const std::string name = descriptor.name;
  xrt::xclbin::kernel found;
  for (const auto &kernel : xclbin_.get_kernels()) {
    if (kernel.get_name() == name) {
      found = kernel;
    }
  }
  if (!found) {
    throw Error(FABRIQ_UNAVAILABLE, "the xclbin " + address_.xclbin + " has no kernel " + name +
                                        "; use an xclbin that has it");
  }
  const auto arguments = found.get_args();
  bool same = arguments.size() == static_cast<std::size_t>(descriptor.argument_count);
  for (int i = 0; same && i < descriptor.argument_count; ++i) {
    const auto &argument = arguments[static_cast<std::size_t>(i)];
    same = argument.get_offset() == descriptor.arguments[i].offset &&
           argument.get_size() == descriptor.arguments[i].bytes;
  }
  if (!same) {
    throw Error(FABRIQ_UNAVAILABLE, "kernel " + name + " of the xclbin " + address_.xclbin +
                                        " has other arguments than this FabriQ's; build the xclbin "
                                        "again");
  }
  const std::string units = compute_unit_names(found);
  const bool counts = address_.emulation == Emulation::kHardware && descriptor.cycle_counters != 0;
  const std::uint64_t counters =
      counts ? found.get_cus().at(0).get_base_address() + descriptor.cycle_counters : 0;
  return call("opening kernel " + units, Clock::now() + kOpenTime, [&] {
    const std::unique_lock<std::shared_mutex> lock(schedulers());
    return std::make_shared<XrtKernel>(device_, xrt::kernel(device_, uuid_, units), counters);
  });
}

}  // namespace fabriq
