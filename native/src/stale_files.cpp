// SPDX-License-Identifier: Apache-2.0
#include "stale_files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

namespace fabriq {
namespace {

namespace fs = std::filesystem;

/// \param name a process id, then `end`
bool names_dead_process(const std::string &name, char end) {
  char *rest = nullptr;
  const long process = std::strtol(name.c_str(), &rest, 10);
  return process > 0 && *rest == end && kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

bool is_mine(const fs::path &path, mode_t type) {
  struct stat status = {};
  return lstat(path.c_str(), &status) == 0 && (status.st_mode & S_IFMT) == type &&
         status.st_uid == geteuid();
}

}  // namespace

int lock_directory(const std::string &directory) {
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

void remove_stale_directories(const std::string &parent, const std::string &start) {
  std::error_code ignored;
  for (const fs::directory_entry &entry : fs::directory_iterator(parent, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(start, 0) != 0 || !names_dead_process(name.substr(start.size()), '-') ||
        !is_mine(entry.path(), S_IFDIR)) {
      continue;
    }
    const int descriptor = lock_directory(entry.path().string());
    if (descriptor >= 0) {
      fs::remove_all(entry.path(), ignored);
      close(descriptor);
    }
  }
}

void remove_stale_sockets(const std::string &directory) {
  std::error_code ignored;
  for (const fs::directory_entry &entry : fs::directory_iterator(directory, ignored)) {
    const std::string name = entry.path().filename().string();
    if (names_dead_process(name.substr(name.rfind('_') + 1), '\0') &&
        is_mine(entry.path(), S_IFSOCK)) {
      fs::remove(entry.path(), ignored);
    }
  }
}

}  // namespace fabriq
