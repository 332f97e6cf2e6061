// SPDX-License-Identifier: Apache-2.0
#include "opencl_board.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "error.hpp"
#include "signal_dispositions.hpp"

namespace fabriq {
namespace {

constexpr std::chrono::seconds kOpenTime(10);

/// Of the ICD loader, without a platform.
constexpr cl_int kPlatformNotFound = -1001;

constexpr const char *kPlatformRemedy =
    "; install libxrt1 and name libxilinxopencl.so.2 in a file of /etc/OpenCL/vendors, or use "
    "opencl:sw_emu";

std::vector<unsigned char> read_xclbin(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<unsigned char> bytes((std::istreambuf_iterator<char>(file)),
                                   std::istreambuf_iterator<char>());
  if (!file || bytes.empty()) {
    throw Error(FABRIQ_UNAVAILABLE, "cannot read the xclbin " + path + " (" + std::strerror(errno) +
                                        "); give its path as xclbin=FILE");
  }
  return bytes;
}

fabriq_status status_of(cl_int status) {
  switch (status) {
    case CL_OUT_OF_HOST_MEMORY:
    case CL_MEM_OBJECT_ALLOCATION_FAILURE:
      return FABRIQ_OUT_OF_MEMORY;
    case CL_DEVICE_NOT_AVAILABLE:
      return FABRIQ_BUSY;
    case CL_DEVICE_NOT_FOUND:
    case kPlatformNotFound:
      return FABRIQ_UNAVAILABLE;
    default:
      return FABRIQ_DEVICE_FAILED;
  }
}

std::string platform_name(cl_platform_id platform) {
  char name[256] = "";
  clGetPlatformInfo(platform, CL_PLATFORM_NAME, sizeof name, name, nullptr);
  return name;
}

cl_platform_id find_platform() {
  cl_uint count = 0;
  const cl_int status = clGetPlatformIDs(0, nullptr, &count);
  std::vector<cl_platform_id> platforms(count);
  if (status == CL_SUCCESS && count > 0) {
    check_opencl(clGetPlatformIDs(count, platforms.data(), nullptr), "listing OpenCL platforms");
  }
  for (const cl_platform_id platform : platforms) {
    if (platform_name(platform) == "Xilinx") {
      return platform;
    }
  }
  throw Error(FABRIQ_UNAVAILABLE, "OpenCL has " + std::to_string(count) +
                                      " platforms and none is XRT's (\"Xilinx\")" +
                                      kPlatformRemedy);
}

}  // namespace

void check_opencl(cl_int status, const std::string &action) {
  if (status != CL_SUCCESS) {
    throw Error(status_of(status), action + " failed with OpenCL status " + std::to_string(status));
  }
}

OpenclBoard::OpenclBoard(const BoardAddress &address) : address_(address) {
  if (address.emulation != Emulation::kNone) {
    index_.emplace(BoardIndex::kBoards);
    driver_.emplace(index_->value());
  }
  EmulationWatch watch(driver(), Clock::now() + kOpenTime);
  try {
    find_device();
    load();
  } catch (const Error &) {
    check_alive("opening " + address_.uri_name, watch.finish());
    throw;
  }
  check_alive("opening " + address_.uri_name, watch.finish());
}

OpenclBoard::~OpenclBoard() {
  const EmulationWatch watch(driver(), Clock::now() + address_.close_time());
  placements_.clear();
  program_.reset();
  queue_.reset();
  if (index_ && context_) {
    await_last_holder(*index_, [this] {
      cl_uint holders = 0;
      clGetContextInfo(context_.get(), CL_CONTEXT_REFERENCE_COUNT, sizeof holders, &holders,
                       nullptr);
      return holders == 1;
    });
  }
  context_.reset();
}

void OpenclBoard::find_device() {
  const cl_platform_id platform = find_platform();
  cl_uint count = 0;
  const cl_int status = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ACCELERATOR, 0, nullptr, &count);
  const std::size_t index = index_ ? index_->value() : std::stoul(address_.board);
  if (status != CL_SUCCESS || index >= count) {
    throw Error(FABRIQ_UNAVAILABLE, "XRT's OpenCL has " + std::to_string(count) +
                                        " devices, so none with index " + std::to_string(index) +
                                        "; see which there are with `xbutil examine`");
  }
  std::vector<cl_device_id> devices(count);
  check_opencl(clGetDeviceIDs(platform, CL_DEVICE_TYPE_ACCELERATOR, count, devices.data(), nullptr),
               "listing OpenCL devices");
  device_ = devices[index];
}

void OpenclBoard::load() {
  const std::vector<unsigned char> xclbin = read_xclbin(address_.xclbin);
  const SignalDispositions dispositions;
  std::fflush(nullptr);  // an emulation forks, and would write what is buffered twice
  cl_int status = CL_SUCCESS;
  context_.reset(clCreateContext(nullptr, 1, &device_, nullptr, nullptr, &status));
  check_opencl(status, "opening " + address_.uri_name);
  queue_.reset(clCreateCommandQueue(
      context_.get(), device_, CL_QUEUE_OUT_OF_ORDER_EXEC_MODE_ENABLE | CL_QUEUE_PROFILING_ENABLE,
      &status));
  check_opencl(status, "making a queue of " + address_.uri_name);
  const std::size_t bytes = xclbin.size();
  const unsigned char *content = xclbin.data();
  cl_int loaded = CL_SUCCESS;
  program_.reset(
      clCreateProgramWithBinary(context_.get(), 1, &device_, &bytes, &content, &loaded, &status));
  if (status == CL_OUT_OF_HOST_MEMORY && address_.emulation == Emulation::kNone) {
    // XRT 2.13 says this of every failure; EBUSY is the one that a sound xclbin has on a board.
    throw Error(FABRIQ_BUSY, "loading " + address_.xclbin + " failed with OpenCL status " +
                                 std::to_string(status) +
                                 ", most likely as another process holds the board: end it, or "
                                 "use the same xclbin");
  }
  check_opencl(status, "loading " + address_.xclbin);
  check_opencl(loaded, "loading " + address_.xclbin);
  check_opencl(clBuildProgram(program_.get(), 1, &device_, nullptr, nullptr, nullptr),
               "loading " + address_.xclbin);
  char name[256] = "";
  clGetDeviceInfo(device_, CL_DEVICE_NAME, sizeof name, name, nullptr);
  description_ = address_.uri_name + ": OpenCL on XRT, " + name + ", xclbin " + address_.xclbin;
}

bool OpenclBoard::failed() const { return driver_ && driver_->failed(); }

void OpenclBoard::check_alive(const std::string &action, bool late) const {
  if (late || failed()) {
    driver_->throw_failure(action, late);
  }
}

std::vector<std::string> OpenclBoard::compute_units(cl_kernel kernel) const {
  // Of XRT's extension header, which boards need not have.
  using Describe = cl_int (*)(cl_kernel, cl_uint, cl_uint, std::size_t, void *, std::size_t *);
  constexpr cl_kernel_info kCount = 0x1300;
  constexpr cl_uint kName = 0x1320;
  cl_platform_id platform = nullptr;
  check_opencl(clGetDeviceInfo(device_, CL_DEVICE_PLATFORM, sizeof platform, &platform, nullptr),
               "asking for the platform");
  const auto describe = reinterpret_cast<Describe>(
      clGetExtensionFunctionAddressForPlatform(platform, "xclGetComputeUnitInfo"));
  if (describe == nullptr) {
    throw Error(FABRIQ_UNAVAILABLE,
                "this OpenCL has no xclGetComputeUnitInfo, which cu=N needs; leave cu out");
  }
  cl_uint count = 0;
  check_opencl(clGetKernelInfo(kernel, kCount, sizeof count, &count, nullptr),
               "counting the compute units");
  std::vector<std::string> names;
  for (cl_uint i = 0; i < count; ++i) {
    char name[256] = "";
    check_opencl(describe(kernel, i, kName, sizeof name - 1, name, nullptr),
                 "asking for the name of a compute unit");
    const std::string text = name;  // with or without "kernel:"
    names.push_back(text.substr(text.find(':') + 1));
  }
  return names;
}

OpenclHandle<cl_kernel> OpenclBoard::create_kernel(const std::string &name) const {
  cl_int status = CL_SUCCESS;
  OpenclHandle<cl_kernel> kernel(clCreateKernel(program_.get(), name.c_str(), &status),
                                 clReleaseKernel);
  if (status != CL_SUCCESS) {
    throw Error(FABRIQ_UNAVAILABLE, "the xclbin " + address_.xclbin + " has no kernel " + name +
                                        " (OpenCL status " + std::to_string(status) +
                                        "); use an xclbin that has it");
  }
  return kernel;
}

OpenclHandle<cl_kernel> OpenclBoard::create_kernel(const KernelDescriptor &descriptor) const {
  std::string name = descriptor.name;
  OpenclHandle<cl_kernel> kernel = create_kernel(name);
  const auto wanted = static_cast<std::size_t>(address_.compute_units);
  if (wanted > 0) {
    const std::vector<std::string> units = compute_units(kernel.get());
    address_.check_compute_units(name, units.size());
    for (std::size_t i = 0; i < wanted; ++i) {
      name += (i == 0 ? ":{" : ",") + units[i];
    }
    name += "}";
    kernel = create_kernel(name);
  }
  cl_uint arguments = 0;
  check_opencl(
      clGetKernelInfo(kernel.get(), CL_KERNEL_NUM_ARGS, sizeof arguments, &arguments, nullptr),
      "reading the arguments of " + name);
  if (arguments != static_cast<cl_uint>(descriptor.argument_count)) {
    throw Error(FABRIQ_UNAVAILABLE, "kernel " + name + " of the xclbin " + address_.xclbin +
                                        " has " + std::to_string(arguments) + " arguments, not " +
                                        std::to_string(descriptor.argument_count) +
                                        "; build the xclbin again");
  }
  return kernel;
}

OpenclHandle<cl_mem> OpenclBoard::create_buffer(const KernelDescriptor &descriptor, int argument,
                                                std::size_t bytes) {
  cl_int status = CL_SUCCESS;
  OpenclHandle<cl_mem> memory(
      clCreateBuffer(context_.get(), CL_MEM_READ_WRITE, bytes, nullptr, &status),
      clReleaseMemObject);
  const std::string action = "allocating " + std::to_string(bytes) + " bytes on the device";
  check_opencl(status, action);

  const std::lock_guard<std::mutex> lock(mutex_);
  auto placement = placements_.find(descriptor.name);
  if (placement == placements_.end()) {
    placement = placements_.emplace(descriptor.name, create_kernel(descriptor)).first;
  }
  const cl_mem object = memory.get();
  check_opencl(clSetKernelArg(placement->second.get(), static_cast<cl_uint>(argument),
                              sizeof object, &object),
               action);
  return memory;
}

}  // namespace fabriq
