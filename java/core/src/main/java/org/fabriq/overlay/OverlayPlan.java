// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import java.util.Optional;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;

/**
 * An integer network as a program of {@code network_i8}, or why it is none. Immutable; any number
 * of threads may share it.
 */
public final class OverlayPlan {
  private final List<PlannedLayer> layers;
  private final List<String> obstacles;
  private final OverlayUse use;
  private final ProgramCycles cycles;
  private final ProgramImage image;
  private final ImagePacking packing;
  private final ResultPacking results;
  private final int images;

  OverlayPlan(
      List<PlannedLayer> layers,
      List<String> obstacles,
      OverlayUse use,
      ProgramCycles cycles,
      ProgramImage image,
      ImagePacking packing,
      ResultPacking results,
      int images) {
    this.layers = List.copyOf(layers);
    this.obstacles = List.copyOf(obstacles);
    this.use = use;
    this.cycles = cycles;
    this.image = image;
    this.packing = packing;
    this.results = results;
    this.images = images;
  }

  /**
   * Plans a network. What does not fit is among the {@link #obstacles}.
   *
   * @param images that are computed as pixels of one, in networks of vectors; 1 in all others
   * @throws InvalidArgumentException if images is not above 0, or above 1 for a network of images
   */
  public static OverlayPlan of(IntegerNetwork network, OverlayTarget target, int images) {
    return new OverlayPlanner(network.integers(), OverlayLayers.of(network), target, images).plan();
  }

  /** Whether there is a program. */
  public boolean fits() {
    return obstacles.isEmpty();
  }

  /** Why there is none, a sentence each; empty if there is one. */
  public List<String> obstacles() {
    return obstacles;
  }

  /** The layers of the program, in order; empty if a layer of the network has no form there. */
  public List<PlannedLayer> layers() {
    return layers;
  }

  /** What the program takes of the kernel's stores. */
  public OverlayUse use() {
    return use;
  }

  /** Cycles of the program, by formula. */
  public ProgramCycles cycles() {
    return cycles;
  }

  /** The images that one run of the records computes. */
  public int images() {
    return images;
  }

  /**
   * The program, as docs/overlay.md states its form.
   *
   * @throws InvalidArgumentException if the network does not fit
   */
  public OverlayProgram program() {
    return OverlayProgram.of(Optional.ofNullable(image).orElseThrow(this::noProgram));
  }

  /** How images are given to the kernel. */
  public ImagePacking imagePacking() {
    return Optional.ofNullable(packing).orElseThrow(this::noProgram);
  }

  /** How its results are to be read. */
  public ResultPacking resultPacking() {
    return Optional.ofNullable(results).orElseThrow(this::noProgram);
  }

  private InvalidArgumentException noProgram() {
    return new InvalidArgumentException(
        "the network does not fit: %s".formatted(String.join("; ", obstacles)));
  }
}
