// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.measure.LatencySeries;

/**
 * What a session of the whole network took.
 *
 * @param address as {@code onnxruntime?threads=2}
 * @param description library, version, threads
 * @param series per batch, from codes to integers
 */
record SessionResult(String address, String description, LatencySeries series) {}
