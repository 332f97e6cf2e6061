// SPDX-License-Identifier: Apache-2.0

// Calls allocate nothing once as large a call was made before, and survive when memory is short.
// This program's malloc and its kin replace the C library's for every library of the process; they
// count, and fail above a size.

#include <atomic>
#include <cstdlib>

#include "network_fixture.hpp"

extern "C" {
void *__libc_malloc(std::size_t);
void *__libc_calloc(std::size_t, std::size_t);
void *__libc_realloc(void *, std::size_t);
void *__libc_memalign(std::size_t, std::size_t);
}

namespace {

std::atomic<long> allocations{0};
std::atomic<std::size_t> greatest{SIZE_MAX};

bool allowed(std::size_t size) {
  ++allocations;
  return size <= greatest;
}

}  // namespace

extern "C" {
void *malloc(std::size_t size) { return allowed(size) ? __libc_malloc(size) : nullptr; }
void *calloc(std::size_t count, std::size_t size) {
  return allowed(count * size) ? __libc_calloc(count, size) : nullptr;
}
void *realloc(void *old, std::size_t size) {
  return allowed(size) ? __libc_realloc(old, size) : nullptr;
}
void *aligned_alloc(std::size_t alignment, std::size_t size) {
  return allowed(size) ? __libc_memalign(alignment, size) : nullptr;
}
}

namespace {

template <typename A, typename B>
void allocates_nothing(const char *line) {
  const abi::Device device("emulation?threads=1");
  const abi::Multiplication<A, B> multiplication(device, problems::parse_problem(line));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  std::int64_t timing[FABRIQ_TIMING_COUNT];
  const auto call = [&] {
    abi::succeed(multiplication.multiply(c, abi::kTimeout, timing));
    fabriq_run *run = nullptr;
    abi::succeed(multiplication.submit(&run));
    abi::succeed(multiplication.wait(run, c));
    abi::succeed(fabriq_run_release(run));
  };
  const long before = allocations;
  call();
  const long first = allocations - before;
  CHECK(first > 0);  // the counter works
  for (int i = 0; i < 100; ++i) {
    call();
  }
  CHECK_EQUAL(allocations - before - first, 0);
  multiplication.check(c);
}

TEST(f32f32) { allocates_nothing<float, float>("33 129 65 random"); }
TEST(f32i8) { allocates_nothing<float, std::int8_t>("33 129 65 random zero_b=random"); }
TEST(i8i8) { allocates_nothing<std::int8_t, std::int8_t>("33 129 65 random zero_a=3"); }

TEST(networks) {
  const abi::Device device("emulation?threads=1");
  for (const auto &planned : abi::planned_networks()) {
    const abi::Network network(device, planned);
    abi::Bytes results = network.results();
    std::int64_t timing[FABRIQ_TIMING_COUNT];
    const auto call = [&] {
      abi::succeed(network.run(results, abi::kTimeout, timing));
      fabriq_run *run = nullptr;
      abi::succeed(network.submit(&run));
      abi::succeed(abi::Network::wait(run, results));
      abi::succeed(fabriq_run_release(run));
    };
    call();
    const long before = allocations;
    for (int i = 0; i < 20; ++i) {
      call();
    }
    CHECK_EQUAL(allocations - before, 0);
    network.check(results);
  }
}

/// The status of a call when no block above a size is to be had.
template <typename Call>
fabriq_status status_below(std::size_t size, Call call) {
  greatest = size;
  const fabriq_status status = call();
  greatest = SIZE_MAX;
  return status;
}

TEST(short_of_device_memory) {
  const abi::Device device("emulation?threads=1");
  const abi::Int8Multiplication multiplication(device,
                                               problems::parse_problem("300 129 65 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  CHECK_EQUAL(status_below(4096, [&] { return multiplication.multiply(c); }), FABRIQ_OUT_OF_MEMORY);
  CHECK_CONTAINS(fabriq_last_error(), "use smaller matrices");
  abi::succeed(multiplication.multiply(c));
  multiplication.check(c);
}

TEST(short_of_memory_in_a_kernel) {
  const abi::Device device("emulation?threads=1");
  const abi::Int8Multiplication multiplication(device, problems::parse_problem("2 9999 65 random"));
  std::vector<std::uint8_t> c(multiplication.c_bytes());
  CHECK_EQUAL(status_below(65536, [&] { return multiplication.multiply(c); }),
              FABRIQ_OUT_OF_MEMORY);
  CHECK_EQUAL(multiplication.multiply(c), FABRIQ_POISONED);
  abi::succeed(fabriq_device_reset(device));
  abi::succeed(multiplication.multiply(c));
  multiplication.check(c);
}

}  // namespace

int main() { return check::run_tests(); }
