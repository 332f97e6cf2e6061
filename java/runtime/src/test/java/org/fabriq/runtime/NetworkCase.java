// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.RandomOverlayNetwork;

/**
 * A random network as a program, with samples and the results of its definition.
 *
 * @param program that of the plan
 * @param images the samples, packed
 * @param expected what {@link ReferenceNetwork} gives for the samples
 */
record NetworkCase(
    IntegerNetwork network,
    OverlayPlan plan,
    OverlayProgram program,
    Int8Tensor images,
    Tensor expected) {
  /** What every simulated case stays below, in cycles of an image. */
  private static final long SIMULATED_CYCLES = 3_000;

  /**
   * Networks of images and of vectors in turn, each with 1 to 5 chunks of samples.
   *
   * @param simulated whether the device's clock is slow, so that the networks must be small
   */
  static List<NetworkCase> random(
      SplittableRandom random, OverlayTarget target, boolean simulated, int count) {
    List<NetworkCase> cases = new ArrayList<>();
    while (cases.size() < count) {
      RandomOverlayNetwork networks = new RandomOverlayNetwork(random.split());
      boolean vectors = cases.size() % 2 == 1;
      IntegerNetwork network = vectors ? networks.ofVectors() : networks.ofImages();
      int images = vectors ? 1 + random.nextInt(12) : 1;
      OverlayPlan plan = OverlayPlan.of(network, target, images);
      if (plan.fits() && (!simulated || plan.cycles().alone() < SIMULATED_CYCLES)) {
        cases.add(of(network, plan, random, 1 + random.nextInt(4 * images)));
      }
    }
    return cases;
  }

  private static NetworkCase of(
      IntegerNetwork network, OverlayPlan plan, SplittableRandom random, int samples) {
    Int8Tensor codes = RandomOverlayNetwork.images(random, network, samples);
    OverlayProgram program = plan.program();
    Int8Tensor images =
        Int8Tensor.allocate(plan.imagePacking().runs(samples), program.imageBytes());
    plan.imagePacking().pack(codes, images);
    return new NetworkCase(network, plan, program, images, ReferenceNetwork.run(network, codes));
  }

  /** A place for results that holds something else. */
  Int8Tensor results() {
    Int8Tensor results = Int8Tensor.allocate(images.rows(), program.resultBytes());
    for (int i = 0; i < results.size(); i++) {
      results.set(i, (byte) 0x5a);
    }
    return results;
  }

  /** Values of a device's results that are not those of the definition. */
  int mismatches(Int8Tensor results) {
    Tensor found = plan.resultPacking().allocate(expected.dimension(0));
    plan.resultPacking().unpack(results, found);
    return found.mismatches(expected);
  }

  @Override
  public String toString() {
    return "%s, %s, %d chunks".formatted(network, program, images.rows());
  }
}
