// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerMaxPool;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.AddLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.model.SampleShape;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.OverlayRun;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of the shipped networks, and of networks of every kind of layer. */
class ShippedOverlayTest {
  private static final String SYMMETRIC = "per-channel:symmetric:8";

  private static IntegerNetwork integers(Network network, Float32Tensor x, String weights) {
    return RandomIntegerNetwork.of(network, x, weights, "affine:8", OutputScales.CALIBRATED);
  }

  private static Float32Tensor inputs(SplittableRandom random, Network network, int samples) {
    return new RandomNetwork(random).tensor(network.input().tensorShape(samples));
  }

  @ParameterizedTest
  @EnumSource(
      value = ShippedModel.class,
      names = {"DIGITS", "MNIST", "MNIST_CNN"})
  void everyLayerIsThatOfTheNetwork(ShippedModel model) {
    SplittableRandom random = Seed.random(model.word());
    Network network = model.network();
    Float32Tensor x = inputs(random, network, 2);
    IntegerNetwork integers = integers(network, x, SYMMETRIC);
    OverlayRun.assertEveryLayer(integers, integers.quantize(x));
  }

  @Test
  void sixtyFourImagesOfTheShippedNetworkAreComputedAtOnce() {
    SplittableRandom random = Seed.random("64 images");
    Network network = ShippedModel.MNIST.network();
    Float32Tensor x = inputs(random, network, 64);
    IntegerNetwork integers = integers(network, x, SYMMETRIC);
    OverlayPlan plan = OverlayPlan.of(integers, OverlayTarget.DEFAULT, 64);
    OverlayRun.assertEqual(plan, integers, integers.quantize(x));
    assertThat(plan.cycles().alone()).isLessThan(64 * 230);
    assertThat(OverlayPlan.of(integers, OverlayTarget.DEFAULT, 1).cycles().alone()).isLessThan(450);
  }

  @Test
  void halfTheLanesTakeAWordInTwoCycles() {
    SplittableRandom random = Seed.random("lanes");
    Network network = ShippedModel.MNIST_CNN.network();
    IntegerNetwork integers = integers(network, inputs(random, network, 2), SYMMETRIC);
    OverlayTarget zynq = OverlayTarget.DEFAULT;
    OverlayTarget half =
        new OverlayTarget("half", 1024, 512, 1024, 512, 512, 8, 64, OverlayTarget.LANES / 2);
    List<PlannedLayer> full = OverlayPlan.of(integers, zynq, 1).layers();
    List<PlannedLayer> halved = OverlayPlan.of(integers, half, 1).layers();
    assertThat(halved).hasSameSizeAs(full).hasSizeGreaterThan(2);
    for (int i = 0; i < full.size(); i++) {
      PlannedLayer layer = halved.get(i);
      boolean twice = layer.kind() == LayerKind.CONVOLUTION;
      assertThat(layer.cycles()).isGreaterThanOrEqualTo((twice ? 2 : 1) * layer.beats());
      assertThat(layer.cycles()).isLessThanOrEqualTo((twice ? 2 : 1) * full.get(i).cycles());
      assertThat(layer.arrayUse(half)).isBetween(0.0, 1.0);
    }
    assertThatThrownBy(() -> new OverlayTarget("third", 1024, 512, 512, 512, 512, 8, 64, 3))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("3 lanes of a column, limits 4 and 8");
  }

  @Test
  void layersTakeTheFirstQuarterAloneWhereItHoldsMore() {
    SplittableRandom random = Seed.random("first quarter");
    Network network = ShippedModel.DIGITS.network();
    Float32Tensor x = inputs(random, network, 9);
    IntegerNetwork integers = integers(network, x, SYMMETRIC);
    OverlayTarget deeper = new OverlayTarget("deeper", 1024, 204, 300, 512, 512, 8, 64, 8);
    OverlayPlan plan = OverlayPlan.of(integers, deeper, 4);
    assertThat(plan.layers().get(1).form()).isEqualTo("1 quarter");
    assertThat(plan.use().weightEntries()).isEqualTo(204);
    assertThat(plan.use().narrowEntries()).isEqualTo(64);
    OverlayRun.assertEqual(plan, integers, integers.quantize(x), deeper);
  }

  @Test
  void everyTypeOfLayerHasARule() {
    for (IntegerLayerType<?> type : IntegerLayerType.ALL) {
      assertThat(OverlayRule.ALL).as(type.word()).anyMatch(row -> row.type() == type.type());
    }
  }

  @Test
  void everyKindOfLayer() {
    SplittableRandom random = Seed.random("every kind of layer");
    Network network = new RandomNetwork(random).ofEveryLayer();
    Float32Tensor x = inputs(random, network, 3);
    IntegerNetwork integers = integers(network, x, SYMMETRIC);
    OverlayRun.assertEveryLayer(integers, integers.quantize(x));
  }

  @Test
  void eachLayerThatDoesNotFitIsNamed() {
    SplittableRandom random = Seed.random("obstacles");
    Network branches = new RandomNetwork(random).ofBranches();
    IntegerNetwork integers = integers(branches, inputs(random, branches, 2), SYMMETRIC);
    OverlayPlan plan = OverlayPlan.of(integers, OverlayTarget.DEFAULT, 1);
    assertThat(plan.obstacles())
        .containsExactly(
            "layer join (concat): joined branches of which one has 6 channels, limit multiples of"
                + " 64 for all but the last");
    Network dense = ShippedModel.DIGITS.network();
    IntegerNetwork affine = integers(dense, inputs(random, dense, 2), "per-channel:affine:8");
    assertThat(OverlayPlan.of(affine, OverlayTarget.DEFAULT, 1).obstacles())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).contains("zero point").contains("symmetric:8"));
  }

  @Test
  void sumsOfWhatLiesInAnotherOrderAreRefused() {
    SplittableRandom random = Seed.random("another order");
    RandomNetwork parts = new RandomNetwork(random);
    List<Node<Layer>> nodes =
        List.of(
            Node.of(parts.conv("conv", 1, 2, 1, Window.square(3, 1, 1), true), "input"),
            Node.of(new FlattenLayer("flat"), "conv"),
            Node.of(new DenseLayer("dense", parts.tensor(8, 8), null), "flat"),
            Node.of(new AddLayer("sum"), "flat", "dense"));
    Network network = new Network(SampleShape.image(1, 2, 2), new LayerGraph<>(nodes));
    IntegerNetwork integers = integers(network, inputs(random, network, 2), SYMMETRIC);
    assertThat(OverlayPlan.of(integers, OverlayTarget.DEFAULT, 1).obstacles())
        .containsExactly(
            "layer sum (add): the sum of 2x2x2 and 8x1x1, which lie in another order; add them"
                + " before flattening");
  }

  @Test
  void whatExceedsTheStoresIsCounted() {
    SplittableRandom random = Seed.random("stores");
    Network dense = ShippedModel.DIGITS.network();
    IntegerNetwork integers = integers(dense, inputs(random, dense, 2), SYMMETRIC);
    OverlayTarget small = new OverlayTarget("low", 100, 128, 128, 512, 8, 1, 64, 8);
    OverlayPlan plan = OverlayPlan.of(integers, small, 1);
    assertThat(plan.fits()).isFalse();
    assertThat(plan.layers()).hasSize(3);
    assertThat(plan.obstacles())
        .containsExactly(
            "220 entries of weights (512 bytes each), limit 128; split the network",
            "16 entries of column parameters, limit 8; split the network",
            "2 tables, limit 1; split the network",
            "114 lines of activations at layer fc1+fc1.tanh, limit 100; split the network");
    assertThat(OverlayParts.of(integers, OverlayTarget.DEFAULT).programs().get(0).plans().most(128))
        .isEqualTo(64);
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 91})
  void aLayerThatTakesTooLongIsRefused(int rows) {
    // In each row 12 times 8 pixels, with a beat for each of 31 x 31 taps.
    Encoding codes = Encoding.perTensor(8, true, 0.5f, 3);
    IntegerMaxPool pool = new IntegerMaxPool("pool", Window.square(31, 1, 15), codes);
    IntegerNetwork network =
        new IntegerNetwork(SampleShape.image(1, rows, 89), codes, List.of(pool));
    List<String> obstacles = OverlayPlan.of(network, OverlayTarget.DEFAULT, 1).obstacles();
    if (rows == 90) {
      assertThat(obstacles).isEmpty();
    } else {
      assertThat(obstacles)
          .containsExactly(
              "layer pool: 1,049,412 cycles of its own, limit 1,048,576; run it by itself, or give"
                  + " it smaller images");
    }
  }
}
