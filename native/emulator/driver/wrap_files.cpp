// SPDX-License-Identifier: Apache-2.0

// XRT makes, copies, unpacks and removes its files by shell commands with unquoted paths, and ends
// the process when one fails. Here they are calls, unzip alone is a program, and a failure is told.

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include "failure.hpp"
#include "real_calls.hpp"

extern char **environ;

namespace {

namespace fs = std::filesystem;

enum class Operation { kCreate, kRemove, kCopy, kAppend, kUnzip, kPermissions };

std::string unquoted(const std::string &path) {
  const bool quoted = path.size() >= 2 && path.front() == '\'' && path.back() == '\'';
  return quoted ? path.substr(1, path.size() - 2) : path;
}

void unzip(const std::string &archive, const std::string &folder) {
  const char *arguments[] = {"unzip", "-q", "-o", archive.c_str(), "-d", folder.c_str(), nullptr};
  pid_t process = 0;
  const int error = posix_spawnp(&process, "unzip", nullptr, nullptr,
                                 const_cast<char *const *>(arguments), environ);
  if (error != 0) {
    driver::report_failure(-1, std::string("the xclbin was not unpacked, unzip does not start: ") +
                                   std::strerror(error) + "; install unzip");
    return;
  }
  int status = 0;
  while (__real_waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    driver::report_failure(-1, "the xclbin was not unpacked: unzip ended with status " +
                                   std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1) +
                                   " in " + folder);
  }
}

void append(const fs::path &from, const fs::path &to) {
  std::ifstream source(from, std::ios::binary);
  if (source.is_open()) {
    std::ofstream(to, std::ios::binary | std::ios::app) << source.rdbuf();
  }
}

/// The owner may read, write and execute: archives do not always tell.
void permit(const fs::path &path, std::error_code &error) {
  fs::permissions(path, fs::perms::owner_all, fs::perm_options::add, error);
  if (fs::is_directory(path, error)) {
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(path, error)) {
      fs::permissions(entry.path(), fs::perms::owner_all, fs::perm_options::add, error);
    }
  }
}

void perform(const std::string &operand, Operation operation, const std::string &second) {
  std::error_code error;
  switch (operation) {
    case Operation::kCreate:
      fs::create_directories(operand, error);
      if (error) {
        driver::report_failure(-1, "cannot make the folder " + operand + ": " + error.message());
      }
      break;
    case Operation::kRemove:
      fs::remove_all(operand, error);
      break;
    case Operation::kCopy:
      fs::copy_file(operand, unquoted(second), fs::copy_options::overwrite_existing, error);
      break;
    case Operation::kAppend:
      append(operand, unquoted(second));
      break;
    case Operation::kUnzip:
      unzip(operand, second);
      break;
    case Operation::kPermissions:
      permit(operand, error);
      break;
  }
}

}  // namespace

// systemUtil::makeSystemCall(std::string &, systemOperation, std::string, std::string)
extern "C" void
__wrap__ZN10systemUtil14makeSystemCallERNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEENS_15systemOperationES5_S5_(
    std::string &operand, int operation, std::string second, std::string) {
  perform(operand, static_cast<Operation>(operation), second);
}
