// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Arrays;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.WeightedIntegerLayer;

/** The blocks of a network between tensors that go on alone, and what they cost at least. */
final class PartBlocks {
  private final IntegerNetwork network;
  private final int[] cuts;
  private final int[] weights;
  private final boolean[] foreign;
  private final int[] least;

  PartBlocks(IntegerNetwork network, TargetChoice targets) {
    this.network = network;
    this.cuts = network.graph().cuts();
    this.weights = new int[cuts.length];
    this.foreign = new boolean[cuts.length];
    this.least = new int[cuts.length + 1];
    boolean joins = false;
    for (int i = cuts.length - 1; i >= 0; i--) {
      weights[i] =
          (int) layers(i, i).stream().filter(WeightedIntegerLayer.class::isInstance).count();
      foreign[i] = !hasPrograms(i, targets);
      int own = foreign[i] ? weights[i] : weights[i] > 0 && !joins ? 1 : 0;
      least[i] = least[i + 1] + own;
      joins = !foreign[i] && (joins || weights[i] > 0);
    }
  }

  private boolean hasPrograms(int block, TargetChoice targets) {
    try {
      targets.of(layers(block, block));
      return OverlayLayers.of(network.part(first(block), last(block))).obstacles().isEmpty();
    } catch (InvalidArgumentException e) {
      return false;
    }
  }

  /** The number of blocks. */
  int count() {
    return cuts.length;
  }

  /** The index of a block's first layer. */
  int first(int block) {
    return block == 0 ? 0 : cuts[block - 1] + 1;
  }

  /** The index of a block's last layer. */
  int last(int block) {
    return cuts[block];
  }

  /** The layers of neighbouring blocks. */
  List<IntegerLayer> layers(int from, int to) {
    return network.layers().subList(first(from), last(to) + 1);
  }

  /** Whether neighbouring blocks have layers with weights. */
  boolean hasWeights(int from, int to) {
    return Arrays.stream(weights, from, to + 1).anyMatch(count -> count > 0);
  }

  /** Whether a block is in no program. */
  boolean isForeign(int block) {
    return foreign[block];
  }

  /** The launches that the blocks from this one on take at least; 0 behind the last one. */
  int least(int block) {
    return least[block];
  }
}
