// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

/**
 * A layer of a program, with what it costs.
 *
 * @param name those of the integer layers that it is, joined by +
 * @param form how it lies on words and quarters, as {@code 4 folds}; empty where there is no choice
 * @param output as {@code 16x32x32}
 * @param macs multiplications that the layer needs, of one image or of all images in pixels
 * @param beats of the array
 * @param cycles from the first beat to the last one, without waiting for an image
 * @param weightEntries that it uses; tapRows and columnEntries alike
 * @param lines of the activation memory that its output takes
 */
public record PlannedLayer(
    String name,
    LayerKind kind,
    String form,
    String output,
    long macs,
    int beats,
    int cycles,
    int weightEntries,
    int tapRows,
    int columnEntries,
    int lines) {
  /** The part of the target's multiplications that the layer needs, from 0 to 1. */
  public double arrayUse(OverlayTarget target) {
    return macs / ((double) cycles * target.peak());
  }
}
