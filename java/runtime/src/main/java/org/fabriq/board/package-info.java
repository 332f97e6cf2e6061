// SPDX-License-Identifier: Apache-2.0
/** What a machine's /proc, /sys and /dev tell of a board and its drivers. */
package org.fabriq.board;
