// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * Where a tensor lies in one that holds several side by side.
 *
 * @param whole the tensor that holds it
 * @param block the first of its channel blocks there; a multiple of the banks, since a word's bank
 *     counts from its own tensor's first block
 */
record JoinedTensor(int whole, int block) {}
