// SPDX-License-Identifier: Apache-2.0
#include "last_error.hpp"

#include <cstdio>
#include <new>

#include "error.hpp"

namespace fabriq {
namespace {

// Not a std::string, so that keeping a text cannot fail.
thread_local char text[512] = "";

fabriq_status keep(fabriq_status status, const char *prefix, const char *message) noexcept {
  std::snprintf(text, sizeof text, "%s%s", prefix, message);
  return status;
}

}  // namespace

const char *last_error() { return text; }

fabriq_status current_exception_status() noexcept {
  try {
    throw;
  } catch (const Error &error) {
    return keep(error.status(), "", error.what());
  } catch (const std::bad_alloc &) {
    return keep(FABRIQ_OUT_OF_MEMORY, "",
                "out of memory; use smaller matrices, or free memory on this machine");
  } catch (const std::exception &error) {
    return keep(FABRIQ_INTERNAL, "a defect of FabriQ, please report it: ", error.what());
  } catch (...) {
    return keep(FABRIQ_INTERNAL, "", "a defect of FabriQ, please report it: unknown exception");
  }
}

}  // namespace fabriq
