// SPDX-License-Identifier: Apache-2.0
#pragma once

// What processes that were killed leave in directories that they share with others. Only what
// belongs to this user is touched. Errors are ignored: the next process tries again.

#include <string>

namespace fabriq {

/// Locks a directory as long as this process lives, or the descriptor; children do not inherit it.
/// \return the descriptor, or -1 if another process has it locked or it cannot be opened
int lock_directory(const std::string &directory);

/// Removes the directories STARTPROCESS-... of `parent` whose process, by its id, is no more and
/// that nobody has locked (an id may mean another process, or one in another container).
void remove_stale_directories(const std::string &parent, const std::string &start);

/// Removes the sockets ..._PROCESS of a directory whose process is no more.
void remove_stale_sockets(const std::string &directory);

}  // namespace fabriq
