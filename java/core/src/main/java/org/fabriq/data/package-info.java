// SPDX-License-Identifier: Apache-2.0
/**
 * Samples, with labels or without: what a network is trained, calibrated and measured with. {@link
 * org.fabriq.data.DataFiles} opens them, {@link org.fabriq.data.SyntheticDigits} draws them.
 */
package org.fabriq.data;
