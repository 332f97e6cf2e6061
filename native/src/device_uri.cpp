// SPDX-License-Identifier: Apache-2.0
#include "device_uri.hpp"

#include <charconv>
#include <cstdint>
#include <sstream>

#include "error.hpp"

namespace fabriq {
namespace {

/// The number at the start of a text, and what follows it.
bool parse_number(const std::string &text, std::int64_t &number, std::string &rest) {
  const char *end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  rest.assign(parsed.ptr, end);
  return parsed.ec == std::errc();
}

[[noreturn]] void reject(const std::string &option, const std::string &value,
                         const std::string &expected) {
  throw Error(FABRIQ_UNKNOWN_DEVICE,
              "option " + option + " is \"" + value + "\"; give " + expected);
}

}  // namespace

DeviceUri::DeviceUri(const std::string &text) {
  const std::size_t question = text.find('?');
  name_ = text.substr(0, question);
  if (question == std::string::npos) {
    return;
  }
  std::istringstream words(text.substr(question + 1));
  for (std::string word; std::getline(words, word, '&');) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(FABRIQ_UNKNOWN_DEVICE, "device \"" + text + "\" has the option \"" + word +
                                             "\"; write options as name=value, joined by &");
    }
    options_.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
}

std::string DeviceUri::instance() const {
  const std::size_t colon = name_.find(':');
  return colon == std::string::npos ? "" : name_.substr(colon + 1);
}

std::string DeviceUri::take_text(const std::string &option) {
  std::string value;
  take(option, value);
  return value;
}

bool DeviceUri::take(const std::string &option, std::string &value) {
  for (auto entry = options_.begin(); entry != options_.end(); ++entry) {
    if (entry->name == option) {
      value = entry->value;
      options_.erase(entry);
      return true;
    }
  }
  return false;
}

int DeviceUri::take_integer(const std::string &option, int absent, int least, int greatest) {
  std::string value;
  if (!take(option, value)) {
    return absent;
  }
  std::int64_t number = 0;
  std::string rest;
  if (!parse_number(value, number, rest) || !rest.empty() || number < least || number > greatest) {
    reject(option, value,
           "an integer from " + std::to_string(least) + " to " + std::to_string(greatest));
  }
  return static_cast<int>(number);
}

std::chrono::nanoseconds DeviceUri::take_duration(const std::string &option,
                                                  std::chrono::seconds greatest) {
  std::string value;
  if (!take(option, value)) {
    return std::chrono::nanoseconds(0);
  }
  std::int64_t number = 0;
  std::string unit;
  const bool parsed = parse_number(value, number, unit);
  const std::int64_t nanoseconds = unit == "ns"   ? 1
                                   : unit == "us" ? 1'000
                                   : unit == "ms" ? 1'000'000
                                   : unit == "s"  ? 1'000'000'000
                                                  : 0;
  const std::chrono::nanoseconds limit = greatest;
  if (!parsed || nanoseconds == 0 || number < 0 || number > limit.count() / nanoseconds) {
    reject(
        option, value,
        "a time from 0s to " + std::to_string(greatest.count()) + "s as in 50ms (ns, us, ms, s)");
  }
  return std::chrono::nanoseconds(number * nanoseconds);
}

void DeviceUri::finish(const std::string &known) const {
  if (!options_.empty()) {
    throw Error(FABRIQ_UNKNOWN_DEVICE, "device " + name_ + " has no option \"" +
                                           options_.front().name + "\" (or it is given twice)" +
                                           "; it has: " + known);
  }
}

}  // namespace fabriq
