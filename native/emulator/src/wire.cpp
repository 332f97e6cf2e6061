// SPDX-License-Identifier: Apache-2.0
#include "wire.hpp"

#include <cstring>

namespace emulator {
namespace {

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

std::uint64_t take_varint(std::string_view *rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (rest->empty()) {
      break;
    }
    const auto byte = static_cast<std::uint8_t>(rest->front());
    rest->remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      return value;
    }
  }
  throw ProtocolError("a message holds an unfinished varint");
}

std::string_view take_bytes(std::string_view *rest, std::uint64_t size) {
  if (size > rest->size()) {
    throw ProtocolError("a field of " + std::to_string(size) + " bytes leaves its message");
  }
  const std::string_view taken = rest->substr(0, static_cast<std::size_t>(size));
  rest->remove_prefix(taken.size());
  return taken;
}

}  // namespace

Message::Message(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::uint64_t key = take_varint(&bytes);
    if (key >> 32 != 0 || key >> 3 == 0) {
      throw ProtocolError("a message holds the field key " + std::to_string(key));
    }
    const auto field = static_cast<std::uint32_t>(key >> 3);
    switch (key & 7) {
      case kVarint:
        numbers_[field] = take_varint(&bytes);
        break;
      case kBytes: {
        const std::uint64_t size = take_varint(&bytes);
        strings_[field] = take_bytes(&bytes, size);
        break;
      }
      case kFixed64:
        take_bytes(&bytes, 8);
        break;
      case kFixed32:
        take_bytes(&bytes, 4);
        break;
      default:
        throw ProtocolError("field " + std::to_string(field) + " has the unknown wire type " +
                            std::to_string(key & 7));
    }
  }
}

std::uint64_t Message::number(std::uint32_t field) const {
  const auto found = numbers_.find(field);
  return found == numbers_.end() ? 0 : found->second;
}

std::uint64_t Message::required_number(std::uint32_t field) const {
  const auto found = numbers_.find(field);
  if (found == numbers_.end()) {
    throw ProtocolError("field " + std::to_string(field) + " is missing");
  }
  return found->second;
}

std::string_view Message::bytes(std::uint32_t field) const {
  const auto found = strings_.find(field);
  return found == strings_.end() ? std::string_view() : found->second;
}

MessageWriter &MessageWriter::number(std::uint32_t field, std::uint64_t value) {
  varint(field << 3 | kVarint);
  varint(value);
  return *this;
}

std::uint8_t *MessageWriter::bytes(std::uint32_t field, std::size_t size) {
  varint(field << 3 | kBytes);
  varint(size);
  message_.resize(message_.size() + size);
  return message_.data() + (message_.size() - size);
}

MessageWriter &MessageWriter::bytes(std::uint32_t field, std::string_view value) {
  std::uint8_t *room = bytes(field, value.size());
  if (!value.empty()) {
    std::memcpy(room, value.data(), value.size());
  }
  return *this;
}

void MessageWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    message_.push_back(static_cast<std::uint8_t>(value | 0x80));
  }
  message_.push_back(static_cast<std::uint8_t>(value));
}

}  // namespace emulator
