// SPDX-License-Identifier: Apache-2.0
#include "environment_variables.hpp"

#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

#include "check.hpp"

TEST(variables_are_set_replaced_and_removed) {
  fabriq::set_variable("FABRIQ_A", "1");
  fabriq::set_variable("FABRIQ_AB", "2");
  fabriq::set_variable("FABRIQ_A", "");
  CHECK_EQUAL(std::string(std::getenv("FABRIQ_A")), "");
  CHECK_EQUAL(std::string(std::getenv("FABRIQ_AB")), "2");
  fabriq::remove_variable("FABRIQ_A");
  fabriq::remove_variable("FABRIQ_NEVER_SET");
  CHECK(std::getenv("FABRIQ_A") == nullptr);
  CHECK_EQUAL(std::string(std::getenv("FABRIQ_AB")), "2");
}

TEST(other_threads_may_read_meanwhile) {
  fabriq::set_variable("FABRIQ_KEPT", "kept");
  std::atomic<bool> over{false};
  std::atomic<int> lost{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      while (!over) {
        const char *value = std::getenv("FABRIQ_KEPT");
        lost += value == nullptr || std::string(value) != "kept" ? 1 : 0;
      }
    });
  }
  for (int i = 0; i < 1000; ++i) {
    fabriq::set_variable(("FABRIQ_" + std::to_string(i)).c_str(), std::to_string(i));
  }
  over = true;
  for (std::thread &reader : readers) {
    reader.join();
  }
  CHECK_EQUAL(lost.load(), 0);
}

int main() { return check::run_tests(); }
