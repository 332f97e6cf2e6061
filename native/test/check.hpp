// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tests without a framework: TEST(name) { ... CHECK_EQUAL(found, expected); } and run_tests() in
// main. A failed check prints the values and ends its test.

#include <functional>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace check {

struct Test {
  const char *name;
  std::function<void()> body;
};

inline std::vector<Test> &tests() {
  static std::vector<Test> all;
  return all;
}

struct Registration {
  Registration(const char *name, std::function<void()> body) {
    tests().push_back({name, std::move(body)});
  }
};

[[noreturn]] inline void fail(const char *file, int line, const std::string &text) {
  std::ostringstream message;
  message << file << ":" << line << ": " << text;
  throw std::runtime_error(message.str());
}

template <typename Found, typename Expected>
void equal(const char *file, int line, const char *expression, const Found &found,
           const Expected &expected) {
  if (!(found == expected)) {
    std::ostringstream text;
    text << expression << " is " << found << ", expected " << expected;
    fail(file, line, text.str());
  }
}

inline void contains(const char *file, int line, const std::string &text,
                     const std::string &expected) {
  if (text.find(expected) == std::string::npos) {
    fail(file, line, "\"" + text + "\" does not contain \"" + expected + "\"");
  }
}

/// Runs every test; returns main's status.
inline int run_tests() {
  int failed = 0;
  for (const Test &test : tests()) {
    try {
      test.body();
    } catch (const std::exception &error) {
      ++failed;
      std::cout << test.name << " failed: " << error.what() << std::endl;
    }
  }
  std::cout << tests().size() << " tests, " << failed << " failed" << std::endl;
  return failed == 0 ? 0 : 1;
}

}  // namespace check

#define TEST(name)                                                 \
  static void name();                                              \
  static const check::Registration name##_registered(#name, name); \
  static void name()
#define CHECK(condition) \
  ((condition) ? void() : check::fail(__FILE__, __LINE__, #condition " is false"))
#define CHECK_EQUAL(found, expected) check::equal(__FILE__, __LINE__, #found, (found), (expected))
#define CHECK_CONTAINS(text, expected) check::contains(__FILE__, __LINE__, (text), (expected))
