// SPDX-License-Identifier: Apache-2.0
#pragma once

// The host's side of the emulation protocol: starts an emulator, accepts it and calls it.

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api.hpp"
#include "wire.hpp"

namespace emulator_test {

using emulator::Api;
using emulator::Message;
using emulator::MessageWriter;

/// An answer and the bytes that it refers to.
struct Answer {
  explicit Answer(std::vector<char> body)
      : bytes(std::move(body)), message(std::string_view(bytes.data(), bytes.size())) {}
  Answer(const Answer &) = delete;

  const std::vector<char> bytes;
  const Message message;
};

/// A new folder in /tmp, removed at the end.
class PrivateFolder {
 public:
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder &) = delete;

  const std::string &path() const { return path_; }

 private:
  std::string path_;
};

class FakeHost {
 public:
  /// Starts the emulator as sw_emu, or as hw_emu in a folder with that embedded_metadata.xml, and
  /// accepts its connections. Every wait of this class ends after 10 s with an exception.
  explicit FakeHost(const std::string &emulator, const std::string &metadata = "");

  /// Kills the emulator if it has not ended.
  ~FakeHost();
  FakeHost(const FakeHost &) = delete;

  Answer call(Api api, const MessageWriter &request);

  void send(std::string_view bytes);
  std::vector<char> receive(std::size_t size);

  /// From the second socket of hw_emu.
  std::vector<char> receive_from_device(std::size_t size);

  /// Ends the connections.
  void hang_up();

  /// Waits for the emulator's end. \return its status, or 128 + the signal
  int wait_for_end();

  pid_t process() const { return process_; }

  /// A private folder, also /tmp/$USER of the emulator.
  const std::string &folder() const { return folder_.path(); }

 private:
  PrivateFolder folder_;
  pid_t process_ = -1;
  int connection_ = -1;
  int to_host_memory_ = -1;
};

}  // namespace emulator_test
