// SPDX-License-Identifier: Apache-2.0

// What a call costs: median and 99th percentile over calls from one thread. Not a test.

#include <algorithm>

#include "abi_fixture.hpp"
#include "elapsed.hpp"

namespace {

template <typename Call>
void report(const std::string &name, int calls, Call call) {
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    times.push_back(check::seconds_since(begin) * 1e6);
  }
  std::sort(times.begin(), times.end());
  std::cout << name << ": p50 " << times[times.size() / 2] << " us, p99 "
            << times[times.size() * 99 / 100] << " us\n";
}

template <typename A, typename B>
void report_multiply(fabriq_device *device, const char *kernel, int m, int k, int n, int calls) {
  const std::string shape = std::to_string(m) + " " + std::to_string(k) + " " + std::to_string(n);
  // The data of a small problem, repeated: the reference would take longer than the calls.
  const abi::Multiplication<A, B> weights(
      device, problems::parse_problem("1" + shape.substr(shape.find(' ')) + " random"));
  const std::size_t row = static_cast<std::size_t>(weights.a_bytes());
  std::vector<std::uint8_t> a;
  for (int i = 0; i < m; ++i) {
    a.insert(a.end(), weights.a(), weights.a() + row);
  }
  std::vector<std::uint8_t> c(weights.c_bytes() * static_cast<std::size_t>(m));
  report(std::string(kernel) + " " + shape, calls, [&] {
    abi::succeed(fabriq_multiply(weights.weights(), m, a.data(), std::int64_t(a.size()), c.data(),
                                 std::int64_t(c.size()), abi::kTimeout, nullptr));
  });
}

}  // namespace

int main(int argc, char **argv) {
  const abi::Device device(argc > 1 ? argv[1] : "emulation");
  std::cout << fabriq_device_description(device) << "\n";
  report("ping", 100000, [&] { abi::succeed(fabriq_device_ping(device)); });
  const int shapes[][4] = {{1, 1, 1, 20000},
                           {1, 128, 64, 5000},
                           {64, 128, 64, 500},
                           {10000, 128, 64, 7},
                           {10000, 784, 128, 3}};
  for (const auto &[m, k, n, calls] : shapes) {
    report_multiply<float, float>(device, "f32f32", m, k, n, calls);
    report_multiply<float, std::int8_t>(device, "f32i8", m, k, n, calls);
    report_multiply<std::int8_t, std::int8_t>(device, "i8i8", m, k, n, calls);
  }
  return 0;
}
