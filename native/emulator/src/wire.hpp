// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of the protocol buffer encoding that the emulation protocol uses: varints (bool, uint32,
// uint64) and byte strings. Fields of other types are skipped.

#include <cstddef>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace emulator {

/// A request that breaks the protocol or leaves the device. what() names the call and the value.
class ProtocolError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The fields of one message. Strings are views into the message that was parsed.
class Message {
 public:
  /// Throws ProtocolError unless the bytes are whole fields.
  explicit Message(std::string_view bytes);

  /// The last value of a varint field; zero if it is absent.
  std::uint64_t number(std::uint32_t field) const;

  /// As number(), but throws ProtocolError if the field is absent.
  std::uint64_t required_number(std::uint32_t field) const;

  /// The last value of a string field; empty if it is absent.
  std::string_view bytes(std::uint32_t field) const;

 private:
  std::map<std::uint32_t, std::uint64_t> numbers_;
  std::map<std::uint32_t, std::string_view> strings_;
};

/// Builds a message.
class MessageWriter {
 public:
  MessageWriter &number(std::uint32_t field, std::uint64_t value);

  /// \return room for `size` bytes, valid until the next call of this object
  std::uint8_t *bytes(std::uint32_t field, std::size_t size);

  MessageWriter &bytes(std::uint32_t field, std::string_view value);

  const std::vector<std::uint8_t> &message() const { return message_; }

 private:
  void varint(std::uint64_t value);

  std::vector<std::uint8_t> message_;
};

}  // namespace emulator
