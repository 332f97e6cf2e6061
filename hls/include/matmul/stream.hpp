// SPDX-License-Identifier: Apache-2.0
#pragma once

// hls::stream: the vendor's under synthesis (or with FABRIQ_VENDOR_HEADERS), else the host's
// stand-in.

#if defined(__SYNTHESIS__) || defined(FABRIQ_VENDOR_HEADERS)
#include <hls_stream.h>
#else
#include "matmul/host_stream.hpp"
#endif
