// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.CodeSemantics;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceStage;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.NearestWeights;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans whose layers take and give fp32, whatever their kernels compute in. */
class FloatPlanTest {
  private static final int BATCH = 6;
  private final RandomNetwork random = new RandomNetwork(Seed.random("FloatPlanTest"));

  /** How the kernel of a layer is made. */
  private record Scheme(String name, String weights, Maker maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  @FunctionalInterface
  private interface Maker {
    LayerKernel of(QuantizedNetwork network, String layer);
  }

  static Stream<Scheme> schemes() {
    return Stream.of(CodeSemantics.values())
        .flatMap(
            semantics ->
                Stream.of(
                    new Scheme(
                        "f32f32",
                        "fixed:8,6",
                        (net, layer) -> LayerKernel.f32f32(net.layer(layer))),
                    new Scheme(
                        "f32i8 " + semantics,
                        "fixed:8,6",
                        (net, layer) -> LayerKernel.f32i8(net, layer, semantics)),
                    new Scheme(
                        "i8i8 " + semantics,
                        "per-channel:8",
                        (net, layer) -> LayerKernel.i8i8(net, layer, semantics)),
                    new Scheme(
                        "i8i8 raw " + semantics,
                        "per-channel:8",
                        (net, layer) -> LayerKernel.i8i8Raw(net, layer, semantics))));
  }

  static Stream<Arguments> schemesOfNetworks() {
    return Stream.of("none", "tanh", "relu", "sigmoid", "layers", "branches")
        .flatMap(network -> schemes().map(scheme -> Arguments.of(network, scheme)));
  }

  /** 13-11-7-5, the second layer with a bias, or a network with convolutions. */
  private Network network(String word) {
    if (word.equals("layers")) {
      return BatchNormFolding.fold(random.ofEveryLayer());
    }
    if (word.equals("branches")) {
      return random.ofBranches();
    }
    Activation activation = Activation.of(word);
    return new Network(
        SampleShape.vector(13),
        List.of(
            new DenseLayer("fc1", random.tensor(11, 13), null),
            new ActivationLayer("f1", activation),
            new DenseLayer("fc2", random.tensor(7, 11), random.tensor(7).toArray()),
            new ActivationLayer("f2", activation),
            new DenseLayer("fc3", random.tensor(5, 7), null)));
  }

  private static QuantizedNetwork quantized(Network network, Float32Tensor x, Scheme scheme) {
    return new QuantizedNetwork(
        network,
        new HashMap<>(NearestWeights.quantize(network, QuantizerSpec.parse(scheme.weights()))),
        Calibration.of(network, List.of(x), ActivationQuantizers.DEFAULT).encodings());
  }

  private static NetworkPlan plan(QuantizedNetwork network, Scheme scheme, Device device) {
    return NetworkPlan.of(
        network.network(),
        layer -> new KernelPlace(scheme.maker().of(network, layer), device),
        BATCH);
  }

  @ParameterizedTest
  @MethodSource("schemesOfNetworks")
  void everyDeviceGivesTheSameOutputs(String word, Scheme scheme) {
    Network network = network(word);
    Float32Tensor x = random.tensor(BATCH, network.input().size());
    QuantizedNetwork quantized = quantized(network, x, scheme);
    Set<String> layers = new HashSet<>(network.weightedLayers());
    Float32Tensor expected = null;
    for (String address : new String[] {"reference", "cpu", "emulation"}) {
      try (Device device = Device.open(address);
          NetworkPlan plan = plan(quantized, scheme, device)) {
        Float32Tensor outputs = (Float32Tensor) plan.run(x).copy();
        assertThat(plan.mismatches(x, layers)).isZero();
        if (expected != null) {
          assertThat(outputs.mismatches(expected)).as(address).isZero();
        }
        expected = outputs;
      }
    }
    if (scheme.name().equals("f32f32")) {
      assertThat(expected.mismatches(network.forward(x))).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("schemesOfNetworks")
  void quantizedOutputsAreNearThoseOfFp32(String word, Scheme scheme) {
    if (scheme.name().contains("LITERAL")) {
      return;
    }
    Network network = network(word);
    Float32Tensor x = random.tensor(BATCH, network.input().size());
    Float32Tensor expected = network.forward(x);
    float spread = 0;
    for (float value : expected.toArray()) {
      spread = Math.max(spread, Math.abs(value));
    }
    Offset<Float> near = within(0.06f * Math.max(1, spread));
    try (Device device = Device.open("emulation");
        NetworkPlan plan = plan(quantized(network, x, scheme), scheme, device)) {
      Float32Tensor outputs = plan.run(x);
      for (int i = 0; i < outputs.size(); i++) {
        assertThat(outputs.get(i)).isCloseTo(expected.get(i), near);
      }
    }
  }

  @Test
  void aPartOfABatchGivesTheSameRows() {
    for (String word : new String[] {"tanh", "branches"}) {
      Network network = network(word);
      Float32Tensor x = random.tensor(BATCH, network.input().size());
      try (Device device = Device.open("emulation");
          NetworkPlan plan = NetworkPlan.float32(network, device, BATCH)) {
        Tensor whole = plan.run(x).copy();
        assertThat(plan.run(x.rows(2, 5)).mismatches(whole.rows(2, 5))).isZero();
        assertThat(plan.run(x).mismatches(whole)).isZero();
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Network network = network("tanh");
    try (Device device = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.float32(network, device, BATCH)) {
      assertThatThrownBy(() -> plan.run(random.tensor(BATCH + 1, 13)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("7 samples")
          .hasMessageContaining("6");
      assertThatThrownBy(() -> plan.run(random.tensor(2, 12)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("[2, 12]");
      assertThatThrownBy(() -> plan.run(Int8Tensor.allocate(2, 13)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("takes fp32");
      Network normalized = random.ofEveryLayer();
      assertThatThrownBy(() -> NetworkPlan.float32(normalized, device, 1))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("bn1")
          .hasMessageContaining("fold");
    }
  }

  @Test
  void timesAreTakenStageByStage() {
    Network network = network("tanh");
    Float32Tensor x = random.tensor(BATCH, 13);
    Scheme integers =
        schemes().filter(scheme -> scheme.name().startsWith("i8i8")).findFirst().orElseThrow();
    try (Device device = Device.open("emulation");
        NetworkPlan plan = plan(quantized(network, x, integers), integers, device)) {
      LayerTimes[] times = plan.newTimes();
      plan.run(x, times);
      assertThat(plan.steps()).containsExactly("fc1", "fc2", "fc3");
      for (LayerTimes layer : times) {
        assertThat(layer.quantizeNanos()).isPositive();
        assertThat(layer.stages().nanos(DeviceStage.PACK)).isPositive();
        assertThat(layer.stages().nanos(DeviceStage.HOST_TO_DEVICE)).isEqualTo(-1);
        assertThat(layer.stages().nanos(DeviceStage.KERNEL)).isPositive();
        assertThat(layer.dequantizeNanos()).isPositive();
        assertThat(layer.totalNanos())
            .isGreaterThanOrEqualTo(
                layer.quantizeNanos() + layer.stages().callNanos() + layer.dequantizeNanos());
        assertThat(layer.stages().callNanos())
            .isGreaterThanOrEqualTo(layer.stages().nanos(DeviceStage.TOTAL));
      }
    }
  }

  @Test
  void layersOnTheHostHaveTimesToo() {
    Network network = network("branches");
    Float32Tensor x = random.tensor(BATCH, network.input().size());
    try (Device device = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.float32(network, device, BATCH)) {
      LayerTimes[] times = plan.newTimes();
      plan.run(x, times);
      assertThat(plan.steps()).contains("stem", "sum", "join").doesNotContain("relu");
      assertThat(times).allSatisfy(layer -> assertThat(layer.totalNanos()).isPositive());
    }
  }
}
