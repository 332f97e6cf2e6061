// SPDX-License-Identifier: Apache-2.0
package org.fabriq.measure;

import java.util.ArrayList;
import java.util.List;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.BatchPlans;
import org.fabriq.overlay.OverlayParts;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.PlannedLayer;

/**
 * What a whole network takes as programs of {@code network_i8}, by the planner's formula.
 *
 * @param target the configuration it is planned for, as {@code zynq}
 * @param multiplications of an image
 * @param imageBytes that the device takes for an image, with what packing adds
 * @param resultBytes that it gives for an image
 * @param programs for 1 image at once, and of vectors for 2, 4, 8 ... and as many as fit; none if
 *     the network is no program
 * @param obstacles why it is none, a sentence each
 */
public record PlannedNetwork(
    String target,
    long multiplications,
    double imageBytes,
    double resultBytes,
    List<Program> programs,
    List<String> obstacles) {
  /**
   * A program.
   *
   * @param images that one run of its records computes
   * @param alone cycles of a launch with one such run
   * @param following cycles that each further one adds
   */
  public record Program(int images, long alone, long following) {
    long cycles(int batch) {
      return alone + following * ((batch + images - 1) / images - 1);
    }
  }

  /** Copies the lists. */
  public PlannedNetwork {
    programs = List.copyOf(programs);
    obstacles = List.copyOf(obstacles);
  }

  /** Plans a network. */
  public static PlannedNetwork of(IntegerNetwork network, OverlayTarget target) {
    OverlayParts parts = OverlayParts.of(network, target);
    if (!parts.isWhole()) {
      return new PlannedNetwork(target.name(), 0, 0, 0, List.of(), parts.obstacles());
    }
    BatchPlans plans = parts.programs().get(0).plans();
    int most = plans.most(target.lines());
    List<Program> programs = new ArrayList<>();
    for (int images = 1; images < most; images *= 2) {
      programs.add(program(plans.planFor(images)));
    }
    OverlayPlan last = plans.planFor(most);
    programs.add(program(last));
    OverlayProgram program = last.program();
    long multiplications = last.layers().stream().mapToLong(PlannedLayer::macs).sum();
    return new PlannedNetwork(
        target.name(),
        multiplications / last.images(),
        (double) program.imageBytes() / last.images(),
        (double) program.resultBytes() / last.images(),
        programs,
        List.of());
  }

  private static Program program(OverlayPlan plan) {
    return new Program(plan.images(), plan.cycles().alone(), plan.cycles().following());
  }

  /** Whether the network is a program. */
  public boolean fits() {
    return !programs.isEmpty();
  }

  /**
   * Cycles of one launch for a batch, by the program that takes the fewest.
   *
   * @throws InvalidArgumentException if the network is no program
   */
  public long cycles(int batch) {
    return programs.stream()
        .mapToLong(program -> program.cycles(batch))
        .min()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    "the network is no program of %s: %s"
                        .formatted(target, String.join("; ", obstacles))));
  }

  /** The part of the array's multiplications in so many cycles that a batch needs, 0 to 1. */
  public double arrayUse(int batch, long cycles) {
    return (double) multiplications
        * batch
        / ((double) cycles * OverlayTarget.named(target).peak());
  }
}
