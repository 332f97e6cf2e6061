// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.ptq.PostTraining;

/**
 * What quantizing gave, beside what it stands for.
 *
 * @param exact in fp32; equalized, if that was asked for
 * @param network of the same layers
 */
record QuantizedResult(Network exact, QuantizedNetwork network) {
  /** What a run has got to. */
  static QuantizedResult of(PostTraining run) {
    return new QuantizedResult(run.exact(), run.result());
  }
}
