// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import org.fabriq.integer.IntegerNetwork;

/**
 * Layers that are one program.
 *
 * @param plan the program for one image at a time, which fits
 */
public record ProgramPart(
    int first, int last, IntegerNetwork network, OverlayTarget target, OverlayPlan plan)
    implements OverlayPart {
  /** Its programs for batches; none of them is planned yet but that for one image. */
  public BatchPlans plans() {
    return new BatchPlans(network, target, plan);
  }

  /**
   * Its program for batches, as {@link BatchPlans#planFor} says.
   *
   * @param batch the most images of a run, 1 and more
   */
  public OverlayPlan planFor(int batch) {
    return plans().planFor(batch);
  }
}
