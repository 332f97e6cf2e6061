// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "fabriq/fabriq.h"

namespace fabriq {

/// A failure with its status; the text names the value, the limit and the remedy.
class Error : public std::runtime_error {
 public:
  Error(fabriq_status status, const std::string &text)
      : std::runtime_error(text), status_(status) {}

  fabriq_status status() const { return status_; }

 private:
  fabriq_status status_;
};

}  // namespace fabriq
