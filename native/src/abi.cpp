// SPDX-License-Identifier: Apache-2.0

// The C ABI over Session: handles are the objects' addresses.

#include "deadline.hpp"
#include "error.hpp"
#include "fabriq/fabriq.h"
#include "last_error.hpp"
#include "open_device.hpp"
#include "session.hpp"

namespace {

using fabriq::Clock;
using fabriq::Error;
using fabriq::guarded;
using fabriq::ResidentHandle;
using fabriq::RunSlot;
using fabriq::Session;

/// The object behind a handle.
template <typename Object, typename Handle>
Object &object(Handle *handle, const char *name) {
  if (handle == nullptr) {
    throw Error(FABRIQ_INVALID_ARGUMENT,
                std::string(name) + " is NULL; pass what the call that made it returned");
  }
  return *reinterpret_cast<Object *>(handle);
}

template <typename Handle>
void release(Handle *handle, const char *name) {
  ResidentHandle &resident = object<ResidentHandle>(handle, name);
  resident.session.release(&resident);
}

void check_result(const void *result, const char *name) {
  if (result == nullptr) {
    throw Error(FABRIQ_INVALID_ARGUMENT,
                std::string(name) + " is NULL; pass the address of a handle or number");
  }
}

/// The body of fabriq_multiply and fabriq_network_run.
template <typename Handle>
fabriq_status run_rows(Handle *handle, const char *name, int32_t rows, const uint8_t *a,
                       int64_t a_bytes, uint8_t *c, int64_t c_bytes, int64_t timeout_ns,
                       int64_t *timing) {
  const Clock::time_point entry = Clock::now();
  return guarded([&] {
    ResidentHandle &resident = object<ResidentHandle>(handle, name);
    resident.session.run(resident, rows, a, a_bytes, c, c_bytes, entry,
                         fabriq::deadline(entry, timeout_ns), timing);
  });
}

/// The body of fabriq_submit and fabriq_network_submit.
template <typename Handle>
fabriq_status submit_rows(Handle *handle, const char *name, int32_t rows, const uint8_t *a,
                          int64_t a_bytes, int64_t timeout_ns, fabriq_run **run) {
  const Clock::time_point entry = Clock::now();
  return guarded([&] {
    check_result(run, "run");
    ResidentHandle &resident = object<ResidentHandle>(handle, name);
    RunSlot &slot = resident.session.submit(resident, rows, a, a_bytes, entry,
                                            fabriq::deadline(entry, timeout_ns));
    *run = reinterpret_cast<fabriq_run *>(&slot);
  });
}

}  // namespace

const char *fabriq_last_error(void) { return fabriq::last_error(); }

const char *fabriq_version(void) { return "FabriQ " FABRIQ_VERSION " (abi 4)"; }

fabriq_status fabriq_device_open(const char *uri, fabriq_device **device) {
  return guarded([&] {
    check_result(device, "device");
    if (uri == nullptr) {
      throw Error(FABRIQ_INVALID_ARGUMENT, "uri is NULL; pass a device such as \"emulation\"");
    }
    auto session = std::make_unique<Session>(fabriq::open_device(uri));
    *device = reinterpret_cast<fabriq_device *>(session.release());
  });
}

const char *fabriq_device_description(const fabriq_device *device) {
  return device == nullptr ? "" : reinterpret_cast<const Session *>(device)->description().c_str();
}

fabriq_status fabriq_device_close(fabriq_device *device) {
  return guarded([&] {
    Session &session = object<Session>(device, "device");
    session.check_unused();
    delete &session;
  });
}

fabriq_status fabriq_device_reset(fabriq_device *device) {
  return guarded([&] { object<Session>(device, "device").reset(); });
}

fabriq_status fabriq_device_ping(fabriq_device *device) {
  return guarded([&] { object<Session>(device, "device"); });
}

fabriq_status fabriq_device_memory(fabriq_device *device, int64_t *buffers, int64_t *bytes) {
  return guarded([&] {
    check_result(buffers, "buffers");
    check_result(bytes, "bytes");
    const fabriq::DeviceMemory memory = object<Session>(device, "device").memory();
    *buffers = static_cast<int64_t>(memory.buffers);
    *bytes = static_cast<int64_t>(memory.bytes);
  });
}

fabriq_status fabriq_weights_prepare(fabriq_device *device, int32_t kernel, int32_t k, int32_t n,
                                     int32_t b_bits, const uint8_t *b, int64_t b_bytes,
                                     const uint8_t *columns, int64_t columns_bytes, int32_t output,
                                     int32_t zero_c, int32_t clamp_min, int32_t clamp_max,
                                     fabriq_weights **weights) {
  return guarded([&] {
    check_result(weights, "weights");
    ResidentHandle *handle =
        object<Session>(device, "device")
            .prepare(fabriq::WeightsRequest{kernel, k, n, b_bits, b, b_bytes, columns,
                                            columns_bytes, output, zero_c, clamp_min, clamp_max});
    *weights = reinterpret_cast<fabriq_weights *>(handle);
  });
}

fabriq_status fabriq_weights_device_bytes(fabriq_weights *weights, int64_t *bytes) {
  return guarded([&] {
    ResidentHandle &handle = object<ResidentHandle>(weights, "weights");
    check_result(bytes, "bytes");
    *bytes = static_cast<int64_t>(handle.resident->device_bytes());
  });
}

fabriq_status fabriq_weights_release(fabriq_weights *weights) {
  return guarded([&] { release(weights, "weights"); });
}

fabriq_status fabriq_multiply(fabriq_weights *weights, int32_t m, const uint8_t *a, int64_t a_bytes,
                              uint8_t *c, int64_t c_bytes, int64_t timeout_ns, int64_t *timing) {
  return run_rows(weights, "weights", m, a, a_bytes, c, c_bytes, timeout_ns, timing);
}

fabriq_status fabriq_submit(fabriq_weights *weights, int32_t m, const uint8_t *a, int64_t a_bytes,
                            int64_t timeout_ns, fabriq_run **run) {
  return submit_rows(weights, "weights", m, a, a_bytes, timeout_ns, run);
}

fabriq_status fabriq_network_prepare(fabriq_device *device, const uint8_t *program,
                                     int64_t program_bytes, fabriq_network **network) {
  return guarded([&] {
    check_result(network, "network");
    ResidentHandle *handle =
        object<Session>(device, "device").prepare(fabriq::NetworkRequest{program, program_bytes});
    *network = reinterpret_cast<fabriq_network *>(handle);
  });
}

fabriq_status fabriq_network_release(fabriq_network *network) {
  return guarded([&] { release(network, "network"); });
}

fabriq_status fabriq_network_run(fabriq_network *network, int32_t chunks, const uint8_t *images,
                                 int64_t images_bytes, uint8_t *results, int64_t results_bytes,
                                 int64_t timeout_ns, int64_t *timing) {
  return run_rows(network, "network", chunks, images, images_bytes, results, results_bytes,
                  timeout_ns, timing);
}

fabriq_status fabriq_network_submit(fabriq_network *network, int32_t chunks, const uint8_t *images,
                                    int64_t images_bytes, int64_t timeout_ns, fabriq_run **run) {
  return submit_rows(network, "network", chunks, images, images_bytes, timeout_ns, run);
}

fabriq_status fabriq_run_wait(fabriq_run *run, uint8_t *c, int64_t c_bytes, int64_t timeout_ns,
                              int64_t *timing) {
  const Clock::time_point entry = Clock::now();
  return guarded([&] {
    RunSlot &slot = object<RunSlot>(run, "run");
    slot.lease.resident->session.wait(slot, c, c_bytes, fabriq::deadline(entry, timeout_ns),
                                      timing);
  });
}

fabriq_status fabriq_run_release(fabriq_run *run) {
  return guarded([&] {
    RunSlot &slot = object<RunSlot>(run, "run");
    slot.lease.resident->session.release(slot);
  });
}
