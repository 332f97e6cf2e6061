// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.Int8Output;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.Calibration;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.NearestWeights;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegerNetworkTest {
  private final RandomNetwork random = new RandomNetwork(Seed.random("IntegerNetworkTest"));

  @ParameterizedTest
  @CsvSource({
    "per-channel:8, affine:8, CALIBRATED, 0.06",
    "symmetric:8, symmetric:8, CALIBRATED, 0.06",
    "affine:8, affine:8, CALIBRATED, 0.06",
    "symmetric:8, affine:8, ACCUMULATED, 0.06",
    "symmetric:8, symmetric:8, ACCUMULATED_SHIFTS, 0.1",
    "per-channel:4, affine:8, CALIBRATED, 0.5"
  })
  void logitsAreNearThoseOfTheNetwork(
      String weights, String activations, OutputScales scales, float tolerance) {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(20, 2, 9, 8);
    IntegerNetwork graph = RandomIntegerNetwork.of(network, x, weights, activations, scales);
    Tensor out = ReferenceNetwork.run(graph, graph.quantize(x));
    Float32Tensor expected = network.forward(x);
    Float32Tensor found = graph.dequantize(out);
    assertThat(graph.outputType()).isEqualTo(DataType.INT32);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(tolerance));
    }
  }

  @Test
  void accumulatedScalesAreTheProductOfThoseBefore() {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(20, 2, 9, 8);
    for (OutputScales scales : List.of(OutputScales.ACCUMULATED, OutputScales.ACCUMULATED_SHIFTS)) {
      IntegerNetwork graph =
          RandomIntegerNetwork.of(network, x, "symmetric:8", "symmetric:8", scales);
      double scale = graph.inputCodes().scale(0);
      int checked = 0;
      for (IntegerLayer layer : graph.layers()) {
        if (layer instanceof CodeTable table) {
          scale = table.output().scale(0);
        } else if (layer instanceof WeightedIntegerLayer weighted
            && weighted.weights().int8().isPresent()) {
          float multiplier = weighted.weights().int8().get().multipliers().get(0).multiplier();
          scale = scale * weighted.weights().weight().encoding().scale(0) / multiplier;
          assertThat((double) layer.outputCodes().get().scale(0))
              .isCloseTo(scale, within(scale * 1e-6));
          if (scales == OutputScales.ACCUMULATED_SHIFTS) {
            assertThat(multiplier).isEqualTo(Math.scalb(1f, Math.getExponent(multiplier)));
          }
          checked++;
        }
      }
      assertThat(checked).isEqualTo(4);
    }
  }

  @Test
  void weightsPerChannelHaveNoAccumulatedScale() {
    Float32Tensor x = random.tensor(3, 2, 9, 8);
    assertThatThrownBy(
            () ->
                RandomIntegerNetwork.of(
                    random.ofEveryLayer(),
                    x,
                    "per-channel:8",
                    "symmetric:8",
                    OutputScales.ACCUMULATED))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("conv1")
        .hasMessageContaining("scales accumulated; quantize them per tensor");
  }

  @Test
  void scalesPerInputCannotBecomeIntegers() {
    Float32Tensor x = random.tensor(3, 2, 9, 8);
    for (OutputScales scales : OutputScales.values()) {
      assertThatThrownBy(
              () ->
                  RandomIntegerNetwork.of(
                      random.ofEveryLayer(), x, "per-channel:8,axis=1", "symmetric:8", scales))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("layer conv1: 2 scales of weights int8[")
          .hasMessageContaining("along axis 1")
          .hasMessageContaining("quantize along axis 0");
    }
  }

  @Test
  void reluAndClipBecomeBoundsOfTheClamp() {
    Network network =
        new Network(
            SampleShape.vector(4),
            List.of(
                new DenseLayer("fc1", random.tensor(6, 4), null),
                new ActivationLayer("relu1", Activation.RELU),
                new DenseLayer("fc2", random.tensor(5, 6), random.tensor(5).toArray()),
                new ClipLayer("clip2", -0.25f, 0.5f),
                new DenseLayer("fc3", random.tensor(2, 5), null)));
    Float32Tensor x = random.tensor(50, 4);
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    assertThat(graph.layers()).hasSize(3);
    IntegerWeights first = ((IntegerDense) graph.layers().get(0)).weights();
    Int8Output relu = first.int8().orElseThrow();
    assertThat(relu.qmin()).isEqualTo(relu.zeroPoint()).isEqualTo(-128);
    assertThat(relu.qmax()).isEqualTo(127);
    IntegerWeights second = ((IntegerDense) graph.layers().get(1)).weights();
    Encoding codes = second.output().orElseThrow();
    Int8Output clip = second.int8().orElseThrow();
    assertThat(clip.qmin()).isEqualTo(codes.quantize(-0.25f, 0)).isEqualTo(-128);
    assertThat(clip.qmax()).isEqualTo(codes.quantize(0.5f, 0)).isEqualTo(127);
    assertThat(graph.layers().get(2).outputCodes()).isEmpty();
  }

  @Test
  void theBiasIsInUnitsOfTheAccumulator() {
    DenseLayer dense =
        new DenseLayer(
            "fc", Float32Tensor.of(new float[] {1, -1, 0.5f, 0.25f}, 2, 2), new float[] {3, -2});
    Network network = new Network(SampleShape.vector(2), List.of(dense));
    Encoding half = Encoding.perTensor(8, true, 0.5f, 3);
    IntegerNetwork graph =
        IntegerNetwork.of(
            network,
            Map.of("fc", QuantizerSpec.parse("fixed:8,4").quantize(dense.weight()).integers()),
            new Calibration(Map.of("input", half, "fc", half)),
            OutputScales.CALIBRATED);
    IntegerWeights weights = ((IntegerDense) graph.layers().get(0)).weights();
    assertThat(weights.bias()).containsExactly(96, -64);
    Int8Tensor x = Int8Tensor.of(new byte[] {5, 1}, 1, 2);
    Int32Tensor out = (Int32Tensor) ReferenceNetwork.run(graph, x);
    assertThat(out.toArray()).containsExactly(96 + 2 * 16 + 2 * 16, -64 + 2 * 8 - 2 * 4);
    assertThat(graph.dequantize(out).toArray()).containsExactly(5, -1.75f);
  }

  /** The worked example of the 2-bit weights: S = 3.20 / 3, Z = -1. */
  @Test
  void twoBitWeightsMultiplyLessTheirZeroPoint() {
    float[] w = {
      2.09f, -0.98f, 1.48f, 0.09f,
      0.05f, -0.14f, -1.08f, 2.12f,
      -0.91f, 1.92f, 0, -1.03f,
      1.87f, 0, 1.53f, 1.49f
    };
    DenseLayer dense = new DenseLayer("fc", Float32Tensor.of(w, 4, 4), null);
    Network network = new Network(SampleShape.vector(4), List.of(dense));
    Encoding unit = Encoding.perTensor(8, true, 1, 0);
    IntegerNetwork graph =
        IntegerNetwork.of(
            network,
            NearestWeights.quantize(network, QuantizerSpec.parse("affine:2")),
            new Calibration(Map.of("input", unit, "fc", unit)),
            OutputScales.CALIBRATED);
    Int8Tensor identity = Int8Tensor.allocate(4, 4);
    for (int i = 0; i < 4; i++) {
      identity.set(i, i, (byte) 1);
    }
    Int32Tensor out = (Int32Tensor) ReferenceNetwork.run(graph, identity);
    assertThat(out.transpose().toArray())
        .containsExactly(2, -1, 1, 0, 0, 0, -1, 2, -1, 2, 0, -1, 2, 0, 1, 1);
    assertThat(graph.dequantize(out).get(0, 0)).isEqualTo(2 * 1.0666666f);
  }

  @Test
  void pixelsAreBytesWithTheTopBitFlipped() {
    Float32Tensor x = Float32Tensor.allocate(256, 1);
    for (int u = 0; u < 256; u++) {
      x.set(u, u / 255f);
    }
    Int8Tensor codes = IntegerNetwork.PIXELS.quantize(x);
    for (int u = 0; u < 256; u++) {
      assertThat(codes.get(u)).isEqualTo((byte) (u ^ 0x80));
    }
  }

  @Test
  void codesComeOutWhereNoWeightsAreLast() {
    Network network =
        new Network(
            SampleShape.image(1, 2, 2),
            List.of(
                new FlattenLayer("flat"),
                new DenseLayer("fc", random.tensor(3, 4), null),
                new ActivationLayer("same", Activation.NONE),
                new ActivationLayer("sigmoid", Activation.SIGMOID)));
    Float32Tensor x = random.tensor(9, 4);
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "symmetric:8", "affine:8", OutputScales.CALIBRATED);
    List<String> seen = new ArrayList<>();
    Tensor out =
        ReferenceNetwork.run(
            graph, graph.quantize(x), (index, layer, in, made) -> seen.add(layer.name()));
    assertThat(graph.outputType()).isEqualTo(DataType.INT8);
    assertThat(seen).containsExactly("flat", "fc", "sigmoid");
    Float32Tensor expected = network.forward(x);
    Float32Tensor found = graph.dequantize(out);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i)).isCloseTo(expected.get(i), within(0.02f));
    }
  }

  @Test
  void refusesWhatHasNoIntegerForm() {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(2, 2, 9, 8);
    Calibration calibration = Calibration.of(network, List.of(x), QuantizerSpec.parse("affine:8"));
    var weights = NearestWeights.quantize(network, QuantizerSpec.parse("symmetric:8"));
    assertThatThrownBy(
            () -> IntegerNetwork.of(network, weights, calibration, OutputScales.CALIBRATED))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("bn1")
        .hasMessageContaining("fold");
    Calibration wide = Calibration.of(network, List.of(x), QuantizerSpec.parse("affine:16"));
    assertThatThrownBy(() -> IntegerNetwork.of(network, weights, wide, OutputScales.CALIBRATED))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("layer conv1: ")
        .hasMessageContaining("codes within [-128, 127]");
    weights.remove("conv1");
    assertThatThrownBy(
            () -> IntegerNetwork.of(network, weights, calibration, OutputScales.CALIBRATED))
        .hasMessageContaining("no weights for layer conv1");
    assertThatThrownBy(() -> Calibration.of(network, List.of(), QuantizerSpec.parse("affine:8")))
        .hasMessageContaining("0 batches");
    Calibration cut = new Calibration(Map.of("conv1", calibration.of("conv1")));
    assertThatThrownBy(() -> IntegerNetwork.of(network, weights, cut, OutputScales.CALIBRATED))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no encoding of input; there are those of [conv1]");
  }

  @Test
  void refusesLayersThatDoNotChain() {
    Encoding a = Encoding.perTensor(8, true, 1, 0);
    Encoding b = Encoding.perTensor(8, true, 2, 0);
    SampleShape shape = SampleShape.vector(3);
    assertThatThrownBy(() -> new IntegerNetwork(shape, a, List.of()))
        .isInstanceOf(ShapeException.class);
    CodeTable table = CodeTable.of("t", a, b, x -> x);
    assertThatThrownBy(() -> new IntegerNetwork(shape, a, List.of(table, table)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("two layers are called t");
    CodeTable again = CodeTable.of("u", a, b, x -> x);
    assertThatThrownBy(() -> new IntegerNetwork(shape, a, List.of(table, again)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("layer u takes codes of");
    IntegerNetwork graph = new IntegerNetwork(shape, a, List.of(table));
    assertThatThrownBy(() -> graph.dequantize(Int32Tensor.allocate(2, 3)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("int32[2, 3] for samples of int8 3");
    Encoding channels = new Encoding(8, true, false, new float[] {1, 2, 3}, new int[3]);
    assertThatThrownBy(() -> new IntegerNetwork(shape, channels, List.of(table)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("one scale for the tensor");
    Encoding bytes = Encoding.perTensor(8, false, 1, 0);
    assertThatThrownBy(() -> CodeTable.of("u", a, bytes, x -> x))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("output of u")
        .hasMessageContaining("[-128, 127]");
    assertThatThrownBy(() -> ReferenceNetwork.run(graph, Int8Tensor.allocate(2, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[2, 4]");
  }
}
