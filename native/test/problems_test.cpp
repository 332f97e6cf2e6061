// SPDX-License-Identifier: Apache-2.0

// Every problem of the shared list through the C ABI: exact, on all three kernels, also from many
// threads at once.

#include <atomic>
#include <mutex>
#include <thread>

#include "abi_fixture.hpp"

namespace {

std::string list;

template <typename A, typename B>
void run(fabriq_device *device, const problems::Problem &problem) {
  const abi::Multiplication<A, B> multiplication(device, problem);
  std::vector<std::uint8_t> c(multiplication.c_bytes(), 0xA5);
  abi::succeed(multiplication.multiply(c));
  multiplication.check(c);
}

void run_all(fabriq_device *device, const problems::Problem &problem) {
  run<float, float>(device, problem);
  run<float, std::int8_t>(device, problem);
  if (problem.serves(problems::Kernel::kI8I8)) {
    run<std::int8_t, std::int8_t>(device, problem);
  }
}

TEST(every_problem_is_exact) {
  const abi::Device device;
  for (const auto &problem : problems::read_problems(list)) {
    run_all(device, problem);
  }
}

TEST(eight_threads_share_a_device) {
  const abi::Device device(abi::test_device("emulation?threads=3"));
  const auto all = problems::read_problems(list);
  std::atomic<std::size_t> next{0};
  std::string failure;
  std::mutex failure_mutex;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      try {
        for (std::size_t p = next++; p < 4 * all.size(); p = next++) {
          const auto &problem = all[p % all.size()];
          if (std::int64_t(problem.m) * problem.k * problem.n < 1'000'000) {
            run_all(device, problem);
          }
        }
      } catch (const std::exception &error) {
        const std::lock_guard<std::mutex> lock(failure_mutex);
        failure = error.what();
      }
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  CHECK_EQUAL(failure, "");
}

TEST(eight_threads_share_weights) {
  const abi::Device device(abi::test_device("emulation?threads=2"));
  const abi::Int8Multiplication shared(
      device, problems::parse_problem("33 65 17 random zero_b=random seed=11"));
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      std::vector<std::uint8_t> c(shared.c_bytes());
      try {
        for (int call = 0; call < 200; ++call) {
          c.assign(c.size(), 0xA5);
          abi::succeed(shared.multiply(c));
          shared.check(c);
        }
      } catch (const std::exception &) {
        ++wrong;
      }
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  CHECK_EQUAL(wrong.load(), 0);
}

TEST(thousands_of_calls_on_one_device) {
  const abi::Device device;
  const abi::Int8Multiplication int8(device, problems::parse_problem("5 67 9 random zero_a=4"));
  const abi::Multiplication<float, std::int8_t> fp32(device,
                                                     problems::parse_problem("3 67 9 special"));
  std::vector<std::uint8_t> int8_c(int8.c_bytes());
  std::vector<std::uint8_t> fp32_c(fp32.c_bytes());
  for (int call = 0; call < 3000; ++call) {
    int8_c.assign(int8_c.size(), 0xA5);
    fp32_c.assign(fp32_c.size(), 0xA5);
    abi::succeed(int8.multiply(int8_c));
    abi::succeed(fp32.multiply(fp32_c));
    int8.check(int8_c);
    fp32.check(fp32_c);
  }
}

}  // namespace

int main(int argc, char **argv) {
  list = argc > 1 ? argv[1] : "shapes_matmul.txt";
  return check::run_tests();
}
