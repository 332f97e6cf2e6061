// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import java.util.Optional;
import org.fabriq.integer.IntegerNetwork;

/**
 * Layers of an integer network that are one program, or run one by one. They take one tensor and
 * give one. Immutable.
 */
public final class OverlayPart {
  private final int first;
  private final int last;
  private final IntegerNetwork network;
  private final OverlayTarget target;
  private final OverlayPlan plan;

  private OverlayPart(
      int first, int last, IntegerNetwork network, OverlayTarget target, OverlayPlan plan) {
    this.first = first;
    this.last = last;
    this.network = network;
    this.target = target;
    this.plan = plan;
  }

  /** Layers that run one by one. */
  static OverlayPart layers(IntegerNetwork whole, int first, int last) {
    return new OverlayPart(first, last, whole.part(first, last), null, null);
  }

  /** Layers that are a program if that fits, and else run one by one. */
  static OverlayPart planned(IntegerNetwork whole, int first, int last, OverlayTarget target) {
    IntegerNetwork part = whole.part(first, last);
    return new OverlayPart(first, last, part, target, OverlayPlan.of(part, target, 1));
  }

  /** The index of its first layer in the network. */
  public int first() {
    return first;
  }

  /** The index of its last layer in the network. */
  public int last() {
    return last;
  }

  /** Its layers as a network of their own. */
  public IntegerNetwork network() {
    return network;
  }

  /** Whether it is a program. */
  public boolean isProgram() {
    return plan != null && plan.fits();
  }

  /** Why it is no program, if that was tried. */
  List<String> obstacles() {
    return plan == null ? List.of() : plan.obstacles();
  }

  /** Its program for one image at a time; empty for layers that run one by one. */
  public Optional<OverlayPlan> program() {
    return Optional.ofNullable(plan).filter(OverlayPlan::fits);
  }

  /**
   * Its program for batches: of vectors, so many are computed at once as fit and share the batch
   * evenly.
   *
   * @param batch the most images of a run, 1 and more
   * @throws java.util.NoSuchElementException if it is no program
   */
  public OverlayPlan programFor(int batch) {
    OverlayPlan one = program().orElseThrow();
    int most = OverlayPlan.mostImages(network, target, Math.min(batch, target.lines()));
    int runs = OverlayTensor.ceil(batch, most);
    for (int images = OverlayTensor.ceil(batch, runs); images < most; images++) {
      OverlayPlan even = OverlayPlan.of(network, target, images);
      if (even.fits()) {
        return even;
      }
    }
    return most == 1 ? one : OverlayPlan.of(network, target, most);
  }
}
