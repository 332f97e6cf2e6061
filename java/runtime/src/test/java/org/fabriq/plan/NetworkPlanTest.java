// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.integer.IntegerAdd;
import org.fabriq.integer.IntegerConv2d;
import org.fabriq.integer.IntegerDense;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerLayerType;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.integer.IntegerWeights;
import org.fabriq.integer.OutputScales;
import org.fabriq.integer.ReferenceNetwork;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LayerType;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Allocated;
import org.fabriq.testing.RandomIntegerNetwork;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPlanTest {
  private static final int BATCH = 5;
  private final RandomNetwork random = new RandomNetwork(Seed.random("NetworkPlanTest"));

  private Network tinyCnn() {
    return new Network(
        SampleShape.image(1, 28, 28),
        List.of(
            random.conv("conv1", 1, 8, 1, Window.square(3, 1, 1), false),
            random.norm("bn1", 8),
            new ActivationLayer("relu1", Activation.RELU),
            new MaxPoolLayer("pool1", Window.square(2, 2, 0)),
            random.conv("conv2", 8, 16, 1, Window.square(3, 1, 1), false),
            random.norm("bn2", 16),
            new ActivationLayer("relu2", Activation.RELU),
            new MaxPoolLayer("pool2", Window.square(2, 2, 0)),
            new FlattenLayer("flat"),
            new DenseLayer("fc", random.tensor(10, 784), random.tensor(10).toArray())));
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, per-channel:8, CALIBRATED",
    "cpu, affine:8, CALIBRATED",
    "cpu, symmetric:8, ACCUMULATED_SHIFTS",
    "emulation, per-channel:8, CALIBRATED",
    "emulation, affine:8, CALIBRATED",
    "emulation, per-channel:4, CALIBRATED",
    "emulation, per-channel:2, CALIBRATED",
    "emulation, symmetric:8, ACCUMULATED",
    "emulation, symmetric:8, ACCUMULATED_SHIFTS"
  })
  void everyLayerEqualsItsDefinition(String address, String weights, OutputScales scales) {
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches(), tinyCnn())) {
      Float32Tensor x = random.tensor(BATCH, network.input().size());
      IntegerNetwork graph = RandomIntegerNetwork.of(network, x, weights, "affine:8", scales);
      try (Device device = Device.open(address);
          NetworkPlan plan = NetworkPlan.of(graph, layer -> device, BATCH, Launch.LAYER)) {
        assertThat(plan.mismatches(graph.quantize(x))).as("%s", network).isZero();
        assertThat(plan.parts()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "emulation", "reference"})
  void theHostRoundsAccumulatorsOfAnyDeviceAsTensorFlowLite(String address) {
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches(), tinyCnn())) {
      Float32Tensor x = random.tensor(BATCH, network.input().size());
      IntegerNetwork exact =
          RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
      IntegerNetwork graph = withTfliteRounding(exact);
      try (Device device = Device.open(address);
          NetworkPlan plan = NetworkPlan.on(graph, device, BATCH)) {
        assertThat(plan.mismatches(graph.quantize(x))).as("%s", network).isZero();
      }
    }
  }

  private static IntegerNetwork withTfliteRounding(IntegerNetwork exact) {
    LayerGraph<IntegerLayer> graph = exact.graph();
    int changed = 0;
    for (int i = 0; i < graph.size(); i++) {
      IntegerLayer layer = graph.layer(i);
      if (layer instanceof IntegerConv2d conv) {
        IntegerWeights weights = conv.weights().withTfliteRounding();
        layer = new IntegerConv2d(conv.name(), weights, conv.window(), conv.groups());
        changed += weights.tflite().isPresent() ? 1 : 0;
      } else if (layer instanceof IntegerDense dense) {
        layer = new IntegerDense(dense.name(), dense.weights().withTfliteRounding());
      } else if (layer instanceof IntegerAdd add) {
        layer = add.withTfliteRounding();
      }
      graph = graph.with(i, layer);
    }
    assertThat(changed).isPositive();
    return new IntegerNetwork(exact.input(), exact.inputCodes(), graph, exact.epilogue());
  }

  @Test
  void layersRunOnDevicesOfTheirOwn() {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(BATCH, network.input().size());
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    try (Device cpu = Device.open("cpu");
        Device emulation = Device.open("emulation");
        NetworkPlan plan =
            NetworkPlan.of(graph, name -> name.startsWith("conv") ? cpu : emulation, BATCH)) {
      assertThat(plan.mismatches(graph.quantize(x))).isZero();
    }
  }

  @Test
  void anyNumberOfSamplesUpToTheBatch() {
    Network network = random.ofEveryLayer();
    Float32Tensor x = random.tensor(BATCH, network.input().size());
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor codes = graph.quantize(x);
    Tensor expected = ReferenceNetwork.run(graph, codes);
    try (Device cpu = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.on(graph, cpu, BATCH)) {
      for (int samples : new int[] {BATCH, 1, 3, BATCH}) {
        Tensor out = plan.run(codes.rows(0, samples));
        assertThat(out.mismatches(expected.rows(0, samples))).as("%d", samples).isZero();
      }
      assertThatThrownBy(() -> plan.run(Int8Tensor.allocate(BATCH + 1, 144)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("6 samples")
          .hasMessageContaining("batch of 5");
      assertThatThrownBy(() -> plan.run(Int8Tensor.allocate(2, 143)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("[2, 143]");
    }
    assertThatThrownBy(() -> NetworkPlan.of(graph, name -> null, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("batch 0");
    assertThatThrownBy(() -> NetworkPlan.of(graph, name -> null, 1 << 25))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("2x9x8")
        .hasMessageContaining("smaller batch");
  }

  @Test
  void manyWindowsAreMultipliedInParts() {
    Network network =
        new Network(
            SampleShape.image(4, 96, 96),
            List.of(
                random.conv("conv", 4, 2, 1, new Window(9, 9, 1, 1, 4, 4, 4, 4, 1, 1), true),
                new FlattenLayer("flat")));
    Float32Tensor x = random.tensor(8, network.input().size());
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor codes = graph.quantize(x);
    try (Device cpu = Device.open("cpu");
        NetworkPlan whole = NetworkPlan.on(graph, cpu, 8);
        NetworkPlan single = NetworkPlan.on(graph, cpu, 1)) {
      Tensor out = whole.run(codes);
      for (int sample = 0; sample < 8; sample++) {
        Tensor one = single.run(codes.rows(sample, sample + 1));
        assertThat(out.rows(sample, sample + 1).mismatches(one)).as("%d", sample).isZero();
      }
      assertThat(single.mismatches(codes.rows(7, 8))).isZero();
    }
  }

  @Test
  void aConvolutionCanBeLast() {
    Network network =
        new Network(
            SampleShape.image(3, 5, 4),
            List.of(random.conv("conv", 3, 2, 1, Window.square(1, 1, 0), true)));
    Float32Tensor x = random.tensor(3, network.input().size());
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    try (Device emulation = Device.open("emulation");
        NetworkPlan plan = NetworkPlan.on(graph, emulation, 3)) {
      Tensor out = plan.run(graph.quantize(x));
      assertThat(out.type()).isEqualTo(DataType.INT32);
      assertThat(out.shape()).containsExactly(3, 2, 5, 4);
      assertThat(plan.mismatches(graph.quantize(x))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "emulation"})
  void aRunAllocatesNothing(String address) {
    for (Network network : List.of(random.ofEveryLayer(), random.ofBranches())) {
      allocatesNothing(network, address);
    }
  }

  private void allocatesNothing(Network network, String address) {
    Float32Tensor x = random.tensor(2, network.input().size());
    IntegerNetwork graph =
        RandomIntegerNetwork.of(network, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    Int8Tensor codes = graph.quantize(x);
    int runs = 500;
    try (Device device = Device.open(address);
        NetworkPlan plan = NetworkPlan.of(graph, layer -> device, 2, Launch.LAYER)) {
      LayerTimes[] times = plan.newTimes();
      Runnable work =
          () -> {
            for (int i = 0; i < runs; i++) {
              plan.run(codes, times);
            }
          };
      assertThat(Allocated.by(work)).isLessThan(runs);
      assertThat(times).allSatisfy(layer -> assertThat(layer.totalNanos()).isPositive());
    }
  }

  @Test
  void everyTypeOfLayerHasAStep() {
    assertThat(IntegerLayerType.ALL).allMatch(type -> IntegerSteps.knows(type.type()));
    assertThat(LayerType.ALL)
        .filteredOn(type -> type.type() != BatchNormLayer.class)
        .allMatch(type -> FloatSteps.knows(type.type()));
  }

  @Test
  void buffersAreReusedWhereTheirLastReaderRan() {
    Network deep =
        new Network(
            SampleShape.image(4, 8, 8),
            IntStream.range(0, 8)
                .mapToObj(i -> random.conv("conv" + i, 4, 4, 1, Window.square(3, 1, 1), true))
                .toList());
    Float32Tensor x = random.tensor(2, deep.input().size());
    IntegerNetwork integers =
        RandomIntegerNetwork.of(deep, x, "per-channel:8", "affine:8", OutputScales.CALIBRATED);
    int image = 4 * 8 * 8;
    try (Device cpu = Device.open("cpu");
        NetworkPlan plan = NetworkPlan.on(integers, cpu, 2);
        NetworkPlan fp32 = NetworkPlan.float32(deep, cpu, 2)) {
      assertThat(plan.bufferBytes()).isEqualTo(2 * (2 * image + 4 * image));
      assertThat(fp32.bufferBytes()).isEqualTo(2 * 2 * 4 * image);
      assertThat(plan.mismatches(integers.quantize(x))).isZero();
    }
  }
}
