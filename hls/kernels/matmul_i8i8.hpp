// SPDX-License-Identifier: Apache-2.0
#pragma once

// C = clamp(requantize(A * (B - zero points) + bias) + zero point), exact in integers.
// Arguments, layout and limits: matmul_i8i8.json. Reentrant, as each thread is a compute unit
// that may hold weights of its last call; valid arguments are the caller's duty.

#include "matmul/bus_word.hpp"

extern "C" void matmul_i8i8(const matmul::BusWord *a, const matmul::BusWord *b,
                            const matmul::BusWord *columns, matmul::BusWord *c, std::int32_t m,
                            std::int32_t k, std::int32_t n, std::int32_t output,
                            std::int32_t zero_c, std::int32_t clamp_min, std::int32_t clamp_max,
                            std::int32_t b_bits, std::uint32_t weights_id);
