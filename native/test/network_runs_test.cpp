// SPDX-License-Identifier: Apache-2.0

// Whole networks: results, submitted runs, deadlines, poison and reset, and what keeps a network or
// a device from ending. Runs on the device of FABRIQ_TEST_DEVICE, but for what needs its stall
// option.

#include <thread>

#include "network_fixture.hpp"

namespace {

using abi::Bytes;
using abi::Device;
using abi::Network;
using abi::planned_networks;
using abi::succeed;

constexpr std::int64_t kMillisecond = 1'000'000;

TEST(planned_networks_give_their_results_again_and_again) {
  const Device device;
  CHECK_EQUAL(planned_networks().size(), std::size_t(5));
  for (const auto &planned : planned_networks()) {
    const Network network(device, planned);
    for (int call = 0; call < 3; ++call) {
      network.check_run();
    }
  }
}

TEST(networks_and_multiplications_take_turns) {
  const Device device;
  const abi::Int8Multiplication multiplication(device, problems::parse_problem("9 65 17 random"));
  const Network first(device, planned_networks()[0]);
  const Network second(device, planned_networks()[3]);
  for (int turn = 0; turn < 3; ++turn) {
    first.check_run();
    Bytes c(multiplication.c_bytes());
    succeed(multiplication.multiply(c));
    multiplication.check(c);
    second.check_run();
  }
}

TEST(runs_end_in_any_order) {
  const Device device;
  std::vector<std::unique_ptr<Network>> networks;
  std::vector<fabriq_run *> runs(15);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    networks.push_back(std::make_unique<Network>(device, planned_networks()[i % 5]));
    succeed(networks[i]->submit(&runs[i]));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::size_t other = i * 7 % runs.size();
    Bytes results = networks[other]->results();
    succeed(Network::wait(runs[other], results));
    networks[other]->check(results);
    CHECK_EQUAL(Network::wait(runs[other], results), FABRIQ_INVALID_ARGUMENT);
    succeed(fabriq_run_release(runs[other]));
  }
}

TEST(threads_share_a_network) {
  const Device device;
  const Network network(device, planned_networks()[2]);
  std::vector<std::string> failures(4);
  std::vector<std::thread> threads;
  for (std::string &failure : failures) {
    threads.emplace_back([&] {
      try {
        for (int i = 0; i < 10; ++i) {
          network.check_run();
        }
      } catch (const std::exception &error) {
        failure = error.what();
      }
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  for (const std::string &failure : failures) {
    CHECK_EQUAL(failure, "");
  }
}

TEST(sizes_are_exact) {
  const Device device;
  const auto &planned = planned_networks()[0];
  const Network network(device, planned);
  Bytes results = network.results();
  const auto call = [&](std::int32_t chunks, std::int64_t images, std::int64_t bytes) {
    return fabriq_network_run(network.handle(), chunks, planned.images.data(), images,
                              results.data(), bytes, abi::kTimeout, nullptr);
  };
  const auto images = static_cast<std::int64_t>(planned.images.size());
  const auto bytes = static_cast<std::int64_t>(results.size());
  CHECK_EQUAL(call(planned.chunks, images - 1, bytes), FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(std::string(fabriq_last_error()),
              "images has " + std::to_string(images - 1) + " bytes but the batch needs " +
                  std::to_string(images) + "; pass the exact size");
  CHECK_EQUAL(call(planned.chunks, images, bytes + 8), FABRIQ_INVALID_ARGUMENT);
  CHECK_CONTAINS(fabriq_last_error(), "results has");
  for (const std::int32_t chunks : {0, -1, 65536}) {
    CHECK_EQUAL(call(chunks, images, bytes), FABRIQ_INVALID_ARGUMENT);
    CHECK_EQUAL(std::string(fabriq_last_error()),
                "chunks is " + std::to_string(chunks) +
                    "; the limits are 1 to 65535, so split or correct the batch");
  }
  CHECK(results == network.results());
  network.check_run();
}

TEST(null_is_refused) {
  const Device device;
  fabriq_network *none = nullptr;
  CHECK_EQUAL(fabriq_network_prepare(device, nullptr, 64, &none), FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(abi::prepare(nullptr, planned_networks()[0].program, &none), FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(abi::prepare(device, planned_networks()[0].program, nullptr),
              FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(fabriq_network_release(nullptr), FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(fabriq_network_run(nullptr, 1, nullptr, 0, nullptr, 0, 1, nullptr),
              FABRIQ_INVALID_ARGUMENT);
  CHECK_EQUAL(fabriq_network_submit(nullptr, 1, nullptr, 0, 1, nullptr), FABRIQ_INVALID_ARGUMENT);
}

TEST(a_deadline_poisons_until_reset) {
  const Device device("emulation?threads=1&stall=300ms");
  const Network network(device, planned_networks()[0]);
  Bytes results = network.results();
  CHECK_EQUAL(network.run(results, 30 * kMillisecond), FABRIQ_TIMEOUT);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_device_reset");
  CHECK_EQUAL(network.run(results), FABRIQ_POISONED);
  fabriq_network *other = nullptr;
  CHECK_EQUAL(abi::prepare(device, planned_networks()[1].program, &other), FABRIQ_POISONED);
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  CHECK(results == network.results());
  succeed(fabriq_device_reset(device));
  network.check_run();
}

TEST(a_run_from_before_a_reset_is_given_up) {
  const Device device("emulation?threads=1&stall=100ms");
  const Network network(device, planned_networks()[0]);
  Bytes results = network.results();
  fabriq_run *first = nullptr;
  fabriq_run *second = nullptr;
  succeed(network.submit(&first));
  succeed(network.submit(&second));
  CHECK_EQUAL(Network::wait(first, results, kMillisecond), FABRIQ_TIMEOUT);
  succeed(fabriq_device_reset(device));
  CHECK_EQUAL(Network::wait(second, results), FABRIQ_POISONED);
  succeed(fabriq_run_release(first));
  succeed(fabriq_run_release(second));
  network.check_run();
}

TEST(what_is_in_use_is_not_released) {
  fabriq_device *device = nullptr;
  succeed(fabriq_device_open("emulation?stall=20ms", &device));
  Network network(device, planned_networks()[0]);
  fabriq_run *run = nullptr;
  succeed(network.submit(&run));
  CHECK_EQUAL(fabriq_network_release(network.handle()), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "1 run is outstanding");
  CHECK_EQUAL(fabriq_device_close(device), FABRIQ_BUSY);
  Bytes results = network.results();
  succeed(Network::wait(run, results));
  network.check(results);
  succeed(fabriq_run_release(run));
  CHECK_EQUAL(fabriq_device_close(device), FABRIQ_BUSY);
  CHECK_CONTAINS(fabriq_last_error(), "fabriq_network_release");
  network.release();
  succeed(fabriq_device_close(device));
}

}  // namespace

int main() { return check::run_tests(); }
