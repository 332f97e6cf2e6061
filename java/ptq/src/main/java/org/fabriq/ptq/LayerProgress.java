// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.function.DoubleConsumer;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;

/** How far a pass over the quantized layers has come, by the weights that are done. */
final class LayerProgress {
  private final DoubleConsumer progress;
  private final long weights;
  private long done;

  /**
   * Prepares.
   *
   * @param progress told the share of the quantized weights that is done, 0 to 1
   */
  LayerProgress(QuantizedNetwork network, DoubleConsumer progress) {
    this.progress = progress;
    this.weights =
        network.weights().keySet().stream()
            .mapToLong(name -> network.layer(name).weight().size())
            .sum();
  }

  /** What is told the share of the next layer. */
  DoubleConsumer within(WeightedLayer layer) {
    return share -> progress.accept((done + share * layer.weight().size()) / weights);
  }

  /** Says that a layer is done. */
  void done(WeightedLayer layer) {
    done += layer.weight().size();
    progress.accept((double) done / weights);
  }
}
