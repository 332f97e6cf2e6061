// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "board_address.hpp"

namespace fabriq {

/// Prepares this process for XRT, before XRT is loaded and before each opening of a device. XRT
/// reads its mode (a board, sw_emu, hw_emu) once per process: the first call fixes it, and another
/// mode is then FABRIQ_UNAVAILABLE.
///
/// For an emulation it makes a directory of this process below TMPDIR (see XrtRoot), and sets the
/// environment variables that lead XRT there; so too for a board if XILINX_XRT is not set. The
/// directory is removed when the process exits, and made again if somebody has removed it before.
/// Thread-safe, except against threads that read the environment at that moment.
void enter_xrt_mode(Emulation emulation);

}  // namespace fabriq
