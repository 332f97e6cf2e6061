/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * What the relinked emulation drivers libxrt_swemu.so.2 and libxrt_hwemu.so.2 offer beside XRT's
 * own interface. XRT loads a driver with the first device; find these by dlsym after that.
 *
 * A driver turns a device process that ends, hangs or never begins into a failure: it kills the
 * process, answers the call in progress and all later ones on that connection by itself, so that
 * XRT unwinds without an error, and keeps a text. Ask for the text after every XRT call that may
 * talk to the device: once there is one, the results of that board are worthless until it is closed
 * and opened again. A board is XRT's index of the device; boards fail one by one.
 *
 * Every function may be called by any thread at any time, and none blocks longer than 0.3 s. A
 * failure before the device process has begun belongs to the board that the same thread asks about
 * next, which should be the one it opens.
 *
 * The environment variable FABRIQ_EMULATION_TIMEOUT_MS sets the first time-out of a call, else
 * 5000.
 */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Whether a board has failed: 1 or 0. The first failure is written as one line, cut to size bytes
 * with the final 0; nothing is written if size is 0.
 */
int fabriq_emulation_failure(int board, char *text, size_t size);

/* Forgets the failure of a board; before it is opened anew. */
void fabriq_emulation_forget(int board);

/* The longest time that one call of the device may take, from now on; at least 1. */
void fabriq_emulation_set_timeout_ms(int milliseconds);

/* Kills a board's device process, which is a failure on each of its connections. */
void fabriq_emulation_stop(int board);

/* The id of the device process that was started last for a board, or 0 if it has ended. */
int fabriq_emulation_process(int board);

/*
 * Buffers of a board that the open connections have asked the device process to allocate and not
 * to free, counted on the wire.
 */
int64_t fabriq_emulation_buffers(int board);

#ifdef __cplusplus
}
#endif
