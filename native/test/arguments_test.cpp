// SPDX-License-Identifier: Apache-2.0

// Values that the ABI must refuse, each with a status and a text that names value and remedy.

#include "abi_fixture.hpp"

namespace {

using abi::Device;
using abi::succeed;

void refuses(fabriq_status found, fabriq_status expected, const std::string &value,
             const std::string &remedy) {
  CHECK_EQUAL(found, expected);
  CHECK_CONTAINS(fabriq_last_error(), value);
  CHECK_CONTAINS(fabriq_last_error(), remedy);
}

/// The arguments of fabriq_weights_prepare, valid until changed.
struct Prepare {
  explicit Prepare(fabriq_device *opened) : device(opened) {}

  fabriq_device *device;
  std::int32_t kernel = FABRIQ_MATMUL_I8I8;
  std::int32_t k = 5;
  std::int32_t n = 7;
  std::int32_t b_bits = 8;
  std::vector<std::uint8_t> b = std::vector<std::uint8_t>(35);
  std::int64_t b_bytes = 35;
  std::vector<std::uint32_t> columns = std::vector<std::uint32_t>(28);
  std::int64_t columns_bytes = 112;
  std::int32_t output = FABRIQ_OUTPUT_I8;
  std::int32_t zero_c = 0;
  std::int32_t clamp_min = -128;
  std::int32_t clamp_max = 127;
  fabriq_weights *weights = nullptr;

  fabriq_status operator()() {
    return fabriq_weights_prepare(device, kernel, k, n, b_bits, b.data(), b_bytes,
                                  reinterpret_cast<const std::uint8_t *>(columns.data()),
                                  columns_bytes, output, zero_c, clamp_min, clamp_max, &weights);
  }
};

void refuses_open(const char *uri, fabriq_status status, const std::string &value,
                  const std::string &remedy) {
  fabriq_device *device = nullptr;
  refuses(fabriq_device_open(uri, &device), status, value, remedy);
  CHECK(device == nullptr);
}

TEST(device_names_and_options) {
  for (const char *uri : {"emulation", "emulation?", "emulation?threads=1",
                          "emulation?threads=64&stall=0s", "emulation?stall=1us&threads=2"}) {
    const Device device(uri);
    CHECK_CONTAINS(fabriq_device_description(device), "emulation");
    succeed(fabriq_device_ping(device));
  }
  const fabriq_status unknown = FABRIQ_UNKNOWN_DEVICE;
  refuses_open("fpga", unknown, "\"fpga\"", "emulation");
  refuses_open("", unknown, "\"\"", "emulation");
  refuses_open("emulation?threads=0", unknown, "\"0\"", "from 1 to 64");
  refuses_open("emulation?threads=65", unknown, "\"65\"", "from 1 to 64");
  refuses_open("emulation?threads=two", unknown, "\"two\"", "from 1 to 64");
  refuses_open("emulation?threads=2x", unknown, "\"2x\"", "from 1 to 64");
  refuses_open("emulation?threads=99999999999999999999", unknown, "99999999", "from 1 to 64");
  refuses_open("emulation?threads=1&threads=2", unknown, "threads", "twice");
  refuses_open("emulation?stall=5", unknown, "\"5\"", "50ms");
  refuses_open("emulation?stall=-1s", unknown, "\"-1s\"", "0s to 60s");
  refuses_open("emulation?stall=61s", unknown, "\"61s\"", "0s to 60s");
  refuses_open("emulation?speed=9", unknown, "\"speed\"", "threads=1..64");
  refuses_open("emulation?threads", unknown, "\"threads\"", "name=value");
  refuses_open("xrt:0", unknown, "xrt:0 has no xclbin", "xclbin=FILE");
  refuses_open("xrt:card?xclbin=f", unknown, "\"xrt:card\"", "xrt:sw_emu");
  refuses_open("opencl:0000:03:00.1?xclbin=f", unknown, "0000:03:00.1", "opencl:sw_emu");
  refuses_open("xrt:0?xclbin=f&cu=0", unknown, "\"0\"", "from 1 to 64");
  refuses_open("xrt:hw_emu?xclbin=f&latency=0", unknown, "\"0\"", "from 1 to 10000");
  refuses_open("xrt:hw_emu?xclbin=f&bandwidth=101", unknown, "\"101\"", "from 1 to 100");
  refuses_open("xrt:hw_emu?xclbin=f&shared=x", unknown, "\"x\"", "from 1 to 4096");
  refuses_open("xrt:hw_emu?xclbin=f&trace=/no/such/a.fst", unknown, "/no/such", "is no folder");
  refuses_open("xrt:hw_emu?xclbin=f&trace=/tmp", unknown, "/tmp", "that is a folder");
  refuses_open("xrt:hw_emu?xclbin=f&trace-limit=256M", unknown, "trace-limit", "trace=FILE too");
  for (const char *limit :
       {"1M", "0", "1048577M", "16777216T", "8 M", "x", "-8M", "17179869184G"}) {
    refuses_open(("xrt:hw_emu?xclbin=f&trace=/tmp/a.fst&trace-limit=" + std::string(limit)).c_str(),
                 unknown, std::string("\"") + limit + "\"", "8M..1024G");
  }
  refuses_open("opencl:hw_emu?xclbin=f&waves=a", unknown, "waves", "trace=FILE");
  refuses_open("xrt:sw_emu?xclbin=f&trace=a.fst", unknown, "trace", "xclbin=FILE, cu=1..64");
  refuses_open("xrt:0?xclbin=f&speed=9", unknown, "\"speed\"", "xclbin=FILE");
  refuses_open(nullptr, FABRIQ_INVALID_ARGUMENT, "uri is NULL", "\"emulation\"");
}

TEST(null_handles) {
  const fabriq_status invalid = FABRIQ_INVALID_ARGUMENT;
  std::uint8_t byte = 0;
  fabriq_run *run = nullptr;
  const std::string remedy = "pass what the call that made it returned";
  refuses(fabriq_device_open("emulation", nullptr), invalid, "device is NULL", "handle");
  refuses(fabriq_device_close(nullptr), invalid, "device is NULL", remedy);
  refuses(fabriq_device_reset(nullptr), invalid, "device is NULL", remedy);
  refuses(fabriq_device_ping(nullptr), invalid, "device is NULL", remedy);
  refuses(fabriq_weights_release(nullptr), invalid, "weights is NULL", remedy);
  std::int64_t bytes = 0;
  refuses(fabriq_weights_device_bytes(nullptr, &bytes), invalid, "weights is NULL", remedy);
  refuses(fabriq_multiply(nullptr, 1, &byte, 1, &byte, 1, 1, nullptr), invalid, "weights is NULL",
          remedy);
  refuses(fabriq_submit(nullptr, 1, &byte, 1, 1, &run), invalid, "weights is NULL", remedy);
  refuses(fabriq_submit(nullptr, 1, &byte, 1, 1, nullptr), invalid, "run is NULL", "handle");
  refuses(fabriq_run_wait(nullptr, &byte, 1, 1, nullptr), invalid, "run is NULL", remedy);
  refuses(fabriq_run_release(nullptr), invalid, "run is NULL", remedy);
  CHECK_EQUAL(std::string(fabriq_device_description(nullptr)), "");
  CHECK_EQUAL(std::string(fabriq_version()), "FabriQ 0.1.0 (abi 4)");
}

/// One argument changed, one refusal.
template <typename Change>
void refuses_prepare(fabriq_device *device, Change change, const std::string &value,
                     const std::string &remedy) {
  Prepare prepare(device);
  change(prepare);
  refuses(prepare(), FABRIQ_INVALID_ARGUMENT, value, remedy);
  CHECK(prepare.weights == nullptr);
}

TEST(weights) {
  const Device device;
  Prepare valid(device);
  succeed(valid());
  succeed(fabriq_weights_release(valid.weights));

  const auto refuse = [&](auto change, const char *value, const char *remedy) {
    refuses_prepare(device, change, value, remedy);
  };
  refuse([](Prepare &p) { p.device = nullptr; }, "device is NULL", "pass");
  refuse([](Prepare &p) { p.kernel = 3; }, "kernel is 3", "matmul_i8i8");
  refuse([](Prepare &p) { p.kernel = -1; }, "kernel is -1", "matmul_i8i8");
  refuse([](Prepare &p) { p.k = 0; }, "k is 0", "1 to 131071");
  refuse([](Prepare &p) { p.k = -5; }, "k is -5", "1 to 131071");
  refuse([](Prepare &p) { p.k = 131072; }, "k is 131072", "1 to 131071");
  refuse([](Prepare &p) { p.n = 0; }, "n is 0", "1 to 65536");
  refuse([](Prepare &p) { p.n = 65537; }, "n is 65537", "1 to 65536");
  refuse([](Prepare &p) { p.b_bytes = 34; }, "34 bytes", "needs 35");
  refuse([](Prepare &p) { p.b_bytes = -35; }, "-35 bytes", "needs 35");
  refuse([](Prepare &p) { p.b_bits = 3; }, "b_bits is 3 for matmul_i8i8", "8, 4 or 2");
  refuse([](Prepare &p) { p.b_bits = 32; }, "b_bits is 32", "8, 4 or 2");
  refuse([](Prepare &p) { p.b_bits = -4; }, "b_bits is -4", "8, 4 or 2");
  refuse([](Prepare &p) { p.b_bits = 4; }, "35 bytes", "needs 20");
  refuse([](Prepare &p) { p.b_bits = 2; }, "35 bytes", "needs 10");
  refuse([](Prepare &p) { p.columns_bytes = 113; }, "113 bytes", "needs 112");
  refuse([](Prepare &p) { p.output = FABRIQ_OUTPUT_F32; }, "output is 0", "give 1 to 2");
  refuse([](Prepare &p) { p.output = 3; }, "output is 3", "give 1 to 2");
  refuse([](Prepare &p) { p.zero_c = 128; }, "zero_c is 128", "give -128 to 127");
  refuse([](Prepare &p) { p.clamp_min = -129; }, "clamp_min is -129", "give -128 to 127");
  refuse([](Prepare &p) { p.clamp_max = 128; }, "clamp_max is 128", "give -128 to 127");
  refuse([](Prepare &p) { p.clamp_min = 6, p.clamp_max = 5; }, "clamp_min is 6", "-128 to 5");
  refuse([](Prepare &p) { p.output = FABRIQ_OUTPUT_I32; }, "clamp_min is -128", "give 0 to 0");
  refuse([](Prepare &p) { p.columns[4 * 6 + 2] = 128; }, "of column 6 is 128", "-128 to 127");
  refuse([](Prepare &p) { p.columns[4 * 2 + 3] = 1; }, "word 3 of column 2 is 1", "0 to 0");
  refuse([](Prepare &p) { p.columns[4 * 3 + 1] = 63u << 24; }, "of column 3 is 63", "0 to 62");
  const auto fp32 = [](Prepare &p) {
    p.kernel = FABRIQ_MATMUL_F32I8;
    p.output = FABRIQ_OUTPUT_F32;
    p.clamp_min = p.clamp_max = 0;
  };
  refuse([&](Prepare &p) { fp32(p), p.output = FABRIQ_OUTPUT_I8; }, "output is 1", "give 0 to 0");
  refuse([&](Prepare &p) { fp32(p), p.zero_c = 1; }, "zero_c is 1", "give 0 to 0");
  refuse([&](Prepare &p) { fp32(p), p.kernel = FABRIQ_MATMUL_F32F32; }, "b_bits is 8", "give 32");
  refuse([&](Prepare &p) { fp32(p), p.kernel = FABRIQ_MATMUL_F32F32, p.b_bits = 32; }, "35 bytes",
         "needs 140");

  refuses(fabriq_weights_prepare(device, FABRIQ_MATMUL_I8I8, 5, 7, 8, nullptr, 35, valid.b.data(),
                                 112, FABRIQ_OUTPUT_I8, 0, 0, 0, &valid.weights),
          FABRIQ_INVALID_ARGUMENT, "b is NULL", "35 bytes");
  refuses(fabriq_weights_prepare(device, FABRIQ_MATMUL_I8I8, 5, 7, 8, valid.b.data(), 35, nullptr,
                                 112, FABRIQ_OUTPUT_I8, 0, 0, 0, &valid.weights),
          FABRIQ_INVALID_ARGUMENT, "columns is NULL", "112 bytes");
  refuses(fabriq_weights_prepare(device, FABRIQ_MATMUL_I8I8, 5, 7, 8, valid.b.data(), 35,
                                 valid.b.data(), 112, FABRIQ_OUTPUT_I8, 0, 0, 0, nullptr),
          FABRIQ_INVALID_ARGUMENT, "weights is NULL", "address");
}

TEST(multiplications) {
  const Device device;
  Prepare prepare(device);
  succeed(prepare());
  std::vector<std::uint8_t> a(15, 1);
  std::vector<std::uint8_t> c(21, 0xA5);
  const auto untouched = c;
  const auto multiply = [&](std::int32_t m, std::int64_t a_bytes, std::int64_t c_bytes,
                            std::int64_t timeout) {
    return fabriq_multiply(prepare.weights, m, a.data(), a_bytes, c.data(), c_bytes, timeout,
                           nullptr);
  };
  const fabriq_status invalid = FABRIQ_INVALID_ARGUMENT;
  refuses(multiply(0, 15, 21, 1), invalid, "m is 0", "1 to 1048576");
  refuses(multiply(-3, 15, 21, 1), invalid, "m is -3", "1 to 1048576");
  refuses(multiply(1048577, 15, 21, 1), invalid, "m is 1048577", "1 to 1048576");
  refuses(multiply(3, 14, 21, 1), invalid, "a has 14 bytes", "needs 15");
  refuses(multiply(3, 15, 22, 1), invalid, "c has 22 bytes", "needs 21");
  refuses(multiply(3, 15, 21, 0), invalid, "timeout_ns is 0", "more than 0");
  refuses(multiply(3, 15, 21, -1), invalid, "timeout_ns is -1", "more than 0");
  refuses(fabriq_multiply(prepare.weights, 3, nullptr, 15, c.data(), 21, 1, nullptr), invalid,
          "a is NULL", "15 bytes");
  refuses(fabriq_multiply(prepare.weights, 3, a.data(), 15, nullptr, 21, 1, nullptr), invalid,
          "c is NULL", "21 bytes");
  CHECK(c == untouched);
  succeed(multiply(3, 15, 21, INT64_MAX));
  CHECK(c != untouched);

  fabriq_run *run = nullptr;
  succeed(fabriq_submit(prepare.weights, 3, a.data(), 15, abi::kTimeout, &run));
  refuses(fabriq_run_wait(run, nullptr, 21, 1, nullptr), invalid, "c is NULL", "21 bytes");
  refuses(fabriq_run_wait(run, c.data(), 21, 0, nullptr), invalid, "timeout_ns is 0", "more than");
  succeed(fabriq_run_wait(run, c.data(), 21, abi::kTimeout, nullptr));
  succeed(fabriq_run_release(run));
  succeed(fabriq_weights_release(prepare.weights));
}

}  // namespace

int main() { return check::run_tests(); }
