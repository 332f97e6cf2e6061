// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Node;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers with the rounding of TensorFlow Lite. */
class TfliteRoundingTest {
  private static final Encoding INPUT = Encoding.perTensor(8, true, 0.05f, -7);
  private static final Encoding MIDDLE = Encoding.perTensor(8, true, 0.031f, 12);
  private static final Encoding OUTPUT = Encoding.perTensor(8, true, 0.4f, 3);

  private final SplittableRandom random = Seed.random("TfliteRoundingTest");

  private Int8Tensor codes(int... shape) {
    Int8Tensor tensor = Int8Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (byte) random.nextInt(-128, 128));
    }
    return tensor;
  }

  private IntegerNetwork network() {
    Encoding channels =
        new Encoding(8, true, false, new float[] {0.001f, 0.0007f}, new int[] {0, 0});
    IntegerWeights exact =
        IntegerWeights.requantized(
            new QuantizedTensor(codes(2, 2, 3, 3), channels),
            new int[] {100, -200},
            INPUT,
            INPUT,
            -7,
            127);
    IntegerConv2d conv =
        new IntegerConv2d("conv", exact.withTfliteRounding(), Window.square(3, 1, 1), 1);
    IntegerAdd add =
        new IntegerAdd("add", INPUT, INPUT, AddScaling.of(0.05f, 0.05f, 0.031f), MIDDLE, -128, 127)
            .withTfliteRounding();
    IntegerAveragePool pool =
        new IntegerAveragePool("pool", Window.square(2, 2, 0), false, MIDDLE)
            .with(MeanRounding.TFLITE_POOL);
    IntegerAveragePool mean =
        IntegerAveragePool.rescaled("mean", Window.whole(2, 2), false, MIDDLE, OUTPUT)
            .with(MeanRounding.TFLITE_MEAN);
    List<Node<IntegerLayer>> nodes =
        List.of(
            Node.of(conv, LayerGraph.INPUT),
            new Node<>(add, List.of("conv", LayerGraph.INPUT)),
            Node.of(pool, "add"),
            Node.of(mean, "pool"));
    return new IntegerNetwork(
        SampleShape.image(2, 4, 4), INPUT, new LayerGraph<>(nodes), List.of());
  }

  @Test
  void filesKeepIt(@TempDir Path folder) {
    IntegerNetwork network = network();
    network.write(folder.resolve("n.npz"));
    IntegerNetwork again = IntegerNetwork.read(folder.resolve("n.npz"));
    Int8Tensor x = codes(50, 2, 4, 4);
    assertThat(ReferenceNetwork.run(again, x).mismatches(ReferenceNetwork.run(network, x)))
        .isZero();
    IntegerConv2d conv = (IntegerConv2d) again.layers().get(0);
    assertThat(conv.weights().tflite()).isPresent();
    assertThat(conv.weights().int8()).isEmpty();
  }

  @Test
  void filesWithAnotherRoundingAreRefused(@TempDir Path folder) throws IOException {
    network().write(folder.resolve("n.npz"));
    Path json = folder.resolve("n.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replace("\"rounding\": \"tflite\"", "\"rounding\": \"dice\""));
    assertThatThrownBy(() -> IntegerNetwork.read(json))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("rounding");
  }

  @Test
  void aMeanOfCodesIsRoundedHalfAway() {
    IntegerAveragePool exact =
        new IntegerAveragePool("pool", new Window(1, 2, 1, 1, 0, 0, 0, 0, 1, 1), false, INPUT);
    IntegerAveragePool away = exact.with(MeanRounding.TFLITE_POOL);
    assertThat(new int[] {exact.mean(5, 2), away.mean(5, 2)}).containsExactly(2, 3);
    assertThat(new int[] {exact.mean(-5, 2), away.mean(-5, 2)}).containsExactly(-2, -3);
    assertThat(new int[] {exact.mean(-4, 2), away.mean(-4, 2)}).containsExactly(-2, -2);
    assertThat(away.with(MeanRounding.HALF_EVEN)).isEqualTo(exact);
  }

  @Test
  void aMeanThatRescalesCannotRoundAsPoolsDo() {
    IntegerAveragePool pool =
        IntegerAveragePool.rescaled("pool", Window.whole(2, 2), false, MIDDLE, OUTPUT);
    assertThatThrownBy(() -> pool.with(MeanRounding.TFLITE_POOL))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("tflite-pool")
        .hasMessageContaining("keeps codes");
  }

  @Test
  void codesDifferFromTheExactOnesByAtMostOne() {
    Encoding weight = Encoding.perTensor(8, true, 0.01f, 0);
    IntegerWeights exact =
        IntegerWeights.requantized(
            new QuantizedTensor(codes(40, 30), weight), new int[40], INPUT, OUTPUT, -128, 127);
    Int8Tensor x = codes(200, 30);
    Int8Tensor once = (Int8Tensor) new IntegerDense("fc", exact).reference(x);
    Int8Tensor twice = (Int8Tensor) new IntegerDense("fc", exact.withTfliteRounding()).reference(x);
    int differ = 0;
    for (int i = 0; i < once.size(); i++) {
      assertThat(Math.abs(once.get(i) - twice.get(i))).isLessThanOrEqualTo(1);
      differ += once.get(i) == twice.get(i) ? 0 : 1;
    }
    assertThat(differ).isPositive();
  }
}
