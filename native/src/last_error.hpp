// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fabriq/fabriq.h"

namespace fabriq {

/// The calling thread's last text.
const char *last_error();

/// Maps the exception in flight to a status and keeps its text. Only inside a catch block.
fabriq_status current_exception_status() noexcept;

/// Runs a function at the ABI's border: no exception leaves.
template <typename Function>
fabriq_status guarded(Function function) noexcept {
  try {
    function();
    return FABRIQ_OK;
  } catch (...) {
    return current_exception_status();
  }
}

}  // namespace fabriq
