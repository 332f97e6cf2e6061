// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs an integer network, as a program that docs/overlay.md states, for each of `chunks` images.
// Arguments, layout and limits: network_i8.json. The first 64 bytes at `results` say how the call
// ended; every call ends, whatever the program holds. Reentrant, as each thread is a compute unit
// that may hold the program of its last call. What the program's header, and `chunks`, say of the
// memory behind the pointers is the caller's duty.

#include "matmul/bus_word.hpp"

extern "C" void network_i8(const matmul::BusWord *program, const matmul::BusWord *images,
                           matmul::BusWord *results, std::uint32_t chunks,
                           std::uint32_t program_id);
