/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * What the relinked emulation drivers libxrt_swemu.so.2 and libxrt_hwemu.so.2 offer beside XRT's
 * own interface. XRT loads a driver with the first device; find these by dlsym after that.
 *
 * A driver turns a device process that ends, hangs or never begins into a failure: it kills the
 * process, answers the call in progress and all later ones on that connection by itself, so that
 * XRT unwinds without an error, and keeps a text. Ask for the text after every XRT call that may
 * talk to the device: with a text, results since the last question are worthless.
 *
 * Every function may be called by any thread at any time, and none blocks longer than 0.3 s.
 *
 * The environment variable FABRIQ_EMULATION_TIMEOUT_MS sets the first time-out of a call, else
 * 5000.
 */

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The first failure since the last question, as one line, or NULL. Forgets it. The text lives until
 * the next question of the same thread.
 */
const char *fabriq_emulation_failure(void);

/* The longest time that one call of the device may take, from now on; at least 1. */
void fabriq_emulation_set_timeout_ms(int milliseconds);

/* Kills all device processes, which is a failure on each of their connections. */
void fabriq_emulation_stop(void);

/* The process id of the device process that was started last, or 0 if it has ended. */
int fabriq_emulation_process(void);

#ifdef __cplusplus
}
#endif
