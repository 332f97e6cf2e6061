// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.integer.CodeTable;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.Calibration;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.NearestWeights;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network of branches in training: gradients by finite differences, values by its codes. */
class TrainedNetworkTest extends TorchTest {
  private static final int SAMPLES = 3;
  private static final float STEP = 1 / 256f;
  private static final Quantizer WEIGHTS = QuantizerSpec.parse("per-channel:3,mse");

  private final RandomNetwork random = new RandomNetwork(Seed.random("TrainedNetworkTest"));
  private final Network network = network();
  private final Float32Tensor x = random.tensor(network.input().tensorShape(SAMPLES));

  /**
   * Convolutions, one of them depthwise, branches that join; smooth functions only, and means of 9
   * values, so that none is a tie, which fp32 would decide either way.
   */
  private Network network() {
    List<Node<Layer>> nodes =
        List.of(
            Node.of(random.conv("conv", 2, 4, 1, Window.square(3, 1, 1), true), "input"),
            Node.of(new ActivationLayer("tanh", Activation.TANH), "conv"),
            Node.of(random.conv("wise", 4, 4, 4, Window.square(3, 1, 1), true), "tanh"),
            Node.of(new ActivationLayer("sigmoid", Activation.SIGMOID), "wise"),
            Node.of(random.conv("short", 4, 4, 1, Window.square(1, 1, 0), false), "tanh"),
            Node.of(new AddLayer("sum"), "sigmoid", "short"),
            Node.of(new ConcatLayer("join", 2), "sum", "tanh"),
            Node.of(new AveragePoolLayer("pool", Window.square(3, 1, 0), false), "join"),
            Node.of(new GlobalAveragePoolLayer("mean"), "pool"),
            Node.of(new FlattenLayer("flat"), "mean"),
            Node.of(new DenseLayer("fc", random.tensor(3, 8), new float[3]), "flat"));
    return new Network(SampleShape.image(2, 5, 5), new LayerGraph<>(nodes));
  }

  /** Fitted to three quarters of the values' range, so that some saturate. */
  private Calibration calibration(String scheme) {
    Float32Tensor less = Float32Tensor.allocate(x.shape());
    for (int i = 0; i < x.size(); i++) {
      less.set(i, 0.75f * x.get(i));
    }
    return Calibration.of(network, List.of(less), QuantizerSpec.parse(scheme));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsAroundWeightsAreThoseOfTheSurrogate(boolean zeroPoints) {
    Calibration calibration = calibration("affine:4");
    Map<String, String> made = Map.of("conv", "conv", "wise", "wise", "short", "short");
    checkGradients(
        new TensorQuantizers(manager, network, calibration, zeroPoints).aroundWeights(),
        new SurrogateNetwork(
            network, made, Set.of("input", "tanh", "flat"), encodings(calibration)),
        encodings(calibration));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsOfAnIntegerNetworkAreThoseOfTheSurrogate(boolean zeroPoints) {
    Calibration calibration = calibration("affine:4");
    Map<String, String> made = new HashMap<>();
    for (String own : List.of("input", "conv", "tanh", "wise", "sigmoid", "short", "sum", "join")) {
      made.put(own, own);
    }
    Map<String, Encoding> encodings = encodings(calibration);
    encodings.put("tanh", CodeTable.TANH_CODES);
    encodings.put("sigmoid", CodeTable.SIGMOID_CODES);
    made.put("pool", "join");
    made.put("mean", "join");
    checkGradients(
        new TensorQuantizers(manager, network, calibration, zeroPoints)
            .asIntegers(null, calibrated(calibration)),
        new SurrogateNetwork(network, made, Set.of(), encodings),
        encodings);
  }

  private Set<String> calibrated(Calibration calibration) {
    return IntegerNetwork.calibratedLayers(
        network, NearestWeights.quantize(network, WEIGHTS), calibration);
  }

  /** Those of all tensors and weights at the start. */
  private Map<String, Encoding> encodings(Calibration calibration) {
    Map<String, Encoding> encodings = new HashMap<>(calibration.encodings());
    for (String name : network.weightedLayers()) {
      encodings.put(name + ".weight", WEIGHTS.fit(network.weightedLayer(name).weight()));
    }
    return encodings;
  }

  private void checkGradients(
      TensorQuantizers tensors, SurrogateNetwork surrogate, Map<String, Encoding> encodings) {
    TrainedNetwork trained = trained(tensors);
    float[] factors = random.tensor(SAMPLES * network.output().size()).toArray();
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Map<String, float[]> values = new HashMap<>();
    for (Parameter parameter : trained.getParameters().values()) {
      parameters.put(parameter.getName(), parameter);
      values.put(parameter.getName(), parameter.getArray().toFloatArray());
    }
    double sum = surrogate.sum(values, x, factors);
    assertThat(surrogate.saturated()).contains("conv.weight", "conv", "input");
    assertThat(backward(trained, factors)).isCloseTo(sum, within(1e-4));
    parameters.forEach(
        (name, parameter) -> {
          float[] found = parameter.getArray().getGradient().toFloatArray();
          for (int i = 0; i < found.length; i++) {
            double slope = factor(name, encodings) * slope(surrogate, values, name, i, factors);
            assertThat((double) found[i])
                .as("%s[%d]", name, i)
                .isCloseTo(slope, within(2e-3 * (1 + Math.abs(slope))));
          }
        });
  }

  /** By central differences of one value of a parameter. */
  private double slope(
      SurrogateNetwork surrogate,
      Map<String, float[]> values,
      String name,
      int i,
      float[] factors) {
    Map<String, float[]> moved = new HashMap<>(values);
    float[] own = values.get(name).clone();
    moved.put(name, own);
    float start = own[i];
    own[i] = start + STEP;
    double above = surrogate.sum(moved, x, factors);
    own[i] = start - STEP;
    double below = surrogate.sum(moved, x, factors);
    return (above - below) / (2 * STEP);
  }

  /** g of scales and zero points, 1 of weights and biases. */
  private double factor(String name, Map<String, Encoding> encodings) {
    if (!name.endsWith(".scale") && !name.endsWith(".zero_point")) {
      return 1;
    }
    String tensor = name.substring(0, name.lastIndexOf('.'));
    Encoding start = encodings.get(tensor);
    int count =
        tensor.endsWith(".weight")
            ? network.weightedLayer(tensor.replace(".weight", "")).weight().size()
                / start.scales().length
            : tensor.equals("input")
                ? network.input().size()
                : network.outputOf(network.index(tensor)).size();
    return 1 / Math.sqrt((double) count * (start.qmax() - start.zeroPoint(0)));
  }

  private TrainedNetwork trained(TensorQuantizers tensors) {
    return new TrainedNetwork(
        network, layer -> new ScaledWeights(manager, layer, WEIGHTS.fit(layer.weight())), tensors);
  }

  /** The sum of the outputs, each times a factor; parameters have gradients of it then. */
  private double backward(TrainedNetwork trained, float[] factors) {
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = forward(trained, x);
      NDArray sum = out.flatten().mul(manager.create(factors)).sum();
      gradients.backward(sum);
      return sum.getFloat();
    }
  }

  private static NDArray forward(TrainedNetwork trained, Float32Tensor x) {
    NDArray in = array(x);
    trained.initialize(manager, DataType.FLOAT32, in.getShape());
    trained.getParameters().values().forEach(p -> p.getArray().setRequiresGradient(true));
    return trained
        .forward(new ParameterStore(manager, false), new NDList(in), true)
        .singletonOrThrow();
  }

  @Test
  void outputsAreThoseOfTheIntegerNetwork() {
    Calibration calibration = calibration("affine:8");
    TrainedNetwork trained =
        trained(
            new TensorQuantizers(manager, network, calibration, false)
                .asIntegers(null, calibrated(calibration)));
    QuantizedNetwork quantized = trained.quantized(network);
    Map<String, Encoding> encodings = new HashMap<>(calibration.encodings());
    encodings.putAll(quantized.encodings());
    assertThat(encodings).isEqualTo(calibration.encodings());
    IntegerNetwork integers = FormAccuracy.integers(quantized.with(calibration));
    Float32Tensor many = random.tensor(network.input().tensorShape(50));
    float[] found = forward(trained, many).toFloatArray();
    float[] expected =
        integers.dequantize(ReferenceNetwork.run(integers, integers.quantize(many))).toArray();
    // The factors of sums have 17 bits in integers, so that one code of a sample may be 1 off.
    float code = calibration.of("join").scale(0);
    int equal = 0;
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(2 * code));
      equal += Math.abs(found[i] - expected[i]) < 1e-4f ? 1 : 0;
    }
    assertThat(equal).isGreaterThan(found.length * 3 / 4);
  }
}
