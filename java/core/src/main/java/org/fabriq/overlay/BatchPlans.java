// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.HashMap;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;

/**
 * The programs of a network for batches, each of which is planned no more than once. Not for
 * several threads at once.
 */
public final class BatchPlans {
  private final IntegerNetwork network;
  private final OverlayTarget target;
  private final OverlayLayers graph;
  private final Map<Integer, OverlayPlan> plans = new HashMap<>();

  /**
   * @param one the plan for one image at a time
   */
  BatchPlans(IntegerNetwork network, OverlayTarget target, OverlayPlan one) {
    this.network = network;
    this.target = target;
    this.graph = OverlayLayers.of(network);
    plans.put(1, one);
  }

  private OverlayPlan plan(int images) {
    return plans.computeIfAbsent(
        images, any -> new OverlayPlanner(network.integers(), graph, target, images).plan());
  }

  /**
   * The most images that the network can compute as pixels of one; 1 for a network of images, and
   * for one that does not fit at all.
   *
   * @param limit that is not exceeded, 1 and more
   */
  public int most(int limit) {
    if (!graph.isVectors()) {
      return 1;
    }
    if (plan(limit).fits()) {
      return limit;
    }
    int images = 1;
    int tooMany = limit;
    while (tooMany - images > 1) {
      int tried = (images + tooMany) / 2;
      boolean fits = plan(tried).fits();
      images = fits ? tried : images;
      tooMany = fits ? tooMany : tried;
    }
    return images;
  }

  /**
   * The program for batches: of vectors, so many are computed at once as fit and share the batch
   * evenly.
   *
   * @param batch the most images of a run
   * @throws InvalidArgumentException if that is not above 0
   */
  public OverlayPlan planFor(int batch) {
    if (batch < 1) {
      throw new InvalidArgumentException("a batch of %d, limit 1 and more".formatted(batch));
    }
    int most = most(Math.min(batch, target.lines()));
    int images = OverlayTensor.ceil(batch, OverlayTensor.ceil(batch, most));
    while (images < most && !plan(images).fits()) {
      images++;
    }
    return plan(images);
  }
}
