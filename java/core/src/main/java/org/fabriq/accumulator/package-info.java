// SPDX-License-Identifier: Apache-2.0
/**
 * What becomes of integer sums in an accumulator of few bits: {@code docs/numerics.md}, "Narrow
 * accumulators". No kernel of FabriQ has one; this computes what it would cost.
 */
package org.fabriq.accumulator;
