// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.List;
import org.fabriq.ptq.LayerReport;

/**
 * A network after a pass.
 *
 * @param pass its word, or "nearest" for rounding to nearest before any
 * @param layers the quantized layers, over the test images
 * @param seconds the pass took
 */
record PassResult(String pass, List<LayerReport> layers, Score score, double seconds) {
  /** The bytes of all quantized layers. */
  long bytes() {
    return layers.stream().mapToLong(LayerReport::bytes).sum();
  }
}
