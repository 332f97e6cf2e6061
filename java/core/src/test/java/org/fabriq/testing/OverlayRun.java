// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.overlay.ImagePacking;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.overlay.ReferenceOverlay;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** Compares programs with the networks they were made of. */
public final class OverlayRun {
  private OverlayRun() {}

  /** Runs a program as its plan says, with images that come early or late. */
  public static Tensor run(
      OverlayPlan plan, Int8Tensor images, OverlayTarget target, boolean early) {
    Int8Tensor chunks = run(plan.program(), packed(plan, images), target, early);
    Tensor results = plan.resultPacking().allocate(images.dimension(0));
    plan.resultPacking().unpack(chunks, results);
    return results;
  }

  /** What a program gives for chunks, as it gives it. */
  public static Int8Tensor run(
      OverlayProgram program, Int8Tensor chunks, OverlayTarget target, boolean early) {
    Int8Tensor results = Int8Tensor.allocate(chunks.rows(), program.resultBytes());
    new ReferenceOverlay(program.bytes(), target, early).run(chunks, results);
    return results;
  }

  /** The chunks of images that a program takes. */
  public static Int8Tensor packed(OverlayPlan plan, Int8Tensor images) {
    ImagePacking packing = plan.imagePacking();
    Int8Tensor chunks =
        Int8Tensor.allocate(packing.runs(images.dimension(0)), Long.BYTES * packing.words());
    packing.pack(images, chunks);
    return chunks;
  }

  /** Asserts that a network and its first layers alone, up to each, give the same there. */
  public static void assertEveryLayer(IntegerNetwork network, Int8Tensor images) {
    for (int i = 0; i < network.graph().size(); i++) {
      IntegerNetwork part = upTo(network, i);
      assertEqual(OverlayPlan.of(part, OverlayTarget.DEFAULT, 1), part, images);
    }
  }

  /** The network that ends with a layer. */
  public static IntegerNetwork upTo(IntegerNetwork network, int layer) {
    return new IntegerNetwork(
        network.input(), network.inputCodes(), network.graph().upTo(layer), List.of());
  }

  /** Asserts that a program gives what its network gives. */
  public static void assertEqual(OverlayPlan plan, IntegerNetwork network, Int8Tensor images) {
    assertEqual(plan, network, images, OverlayTarget.DEFAULT);
  }

  /** The same for a program of another target. */
  public static void assertEqual(
      OverlayPlan plan, IntegerNetwork network, Int8Tensor images, OverlayTarget target) {
    assertThat(plan.obstacles()).as(network.toString()).isEmpty();
    Tensor expected = ReferenceNetwork.run(network, images);
    for (boolean early : new boolean[] {false, true}) {
      Tensor found = run(plan, images, target, early);
      assertThat(found.shape()).isEqualTo(expected.shape());
      assertThat(values(found)).as("%s, early %s", network, early).isEqualTo(values(expected));
    }
  }

  private static int[] values(Tensor tensor) {
    int[] values = new int[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor instanceof Int8Tensor int8 ? int8.get(i) : ((Int32Tensor) tensor).get(i);
    }
    return values;
  }
}
