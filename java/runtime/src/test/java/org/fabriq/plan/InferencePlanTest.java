// SPDX-License-Identifier: Apache-2.0
package org.fabriq.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.Activation;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Mlp;
import org.fabriq.plan.InferencePlan.Placement;
import org.fabriq.quant.FixedPointQuantizer;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.runtime.Device;
import org.fabriq.runtime.DeviceStage;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InferencePlanTest {
  private static final int BATCH = 6;

  /** Makes a layer's kernel. */
  interface Scheme {
    LayerKernel kernel(DenseLayer layer, int index, Calibration calibration);
  }

  record Named(String name, Scheme scheme) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> schemes() {
    Quantizer fixed = new FixedPointQuantizer(8, 6);
    Quantizer channels = new PerChannelQuantizer(new SymmetricQuantizer(8));
    return Stream.of(CodeSemantics.values())
        .flatMap(
            semantics ->
                Stream.of(
                    new Named("f32f32", (layer, i, c) -> LayerKernel.f32f32(layer)),
                    new Named(
                        "f32i8 " + semantics,
                        (layer, i, c) ->
                            LayerKernel.f32i8(
                                layer,
                                LayerQuantization.of(fixed.quantize(layer.weight()), i, c),
                                semantics)),
                    new Named(
                        "i8i8 " + semantics,
                        (layer, i, c) ->
                            LayerKernel.i8i8(
                                layer,
                                LayerQuantization.of(channels.quantize(layer.weight()), i, c),
                                semantics)),
                    new Named(
                        "i8i8 raw " + semantics,
                        (layer, i, c) ->
                            LayerKernel.i8i8Raw(
                                layer,
                                LayerQuantization.of(channels.quantize(layer.weight()), i, c),
                                semantics))));
  }

  static Stream<Arguments> schemesOfActivations() {
    return Stream.of(Activation.values())
        .flatMap(activation -> schemes().map(scheme -> Arguments.of(activation, scheme)));
  }

  @ParameterizedTest
  @MethodSource("schemesOfActivations")
  void everyDeviceGivesTheSameLogits(Activation activation, Named scheme) {
    RandomModel random = new RandomModel(11);
    Mlp model = random.mlp(activation);
    Float32Tensor x = random.tensor(BATCH, model.inputs());
    Calibration calibration = Calibration.of(model, List.of(x), ActivationQuantizers.DEFAULT);
    Float32Tensor expected = null;
    for (String address : new String[] {"reference", "cpu", "emulation"}) {
      try (Device device = Device.open(address);
          InferencePlan plan = plan(model, scheme.scheme(), calibration, device)) {
        Float32Tensor logits = (Float32Tensor) plan.run(x, null).copy();
        assertThat(plan.mismatches(x, Set.of(0, 1, 2))).isZero();
        if (expected != null) {
          assertThat(logits.mismatches(expected)).as(address).isZero();
        }
        expected = logits;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void quantizedLogitsAreNearThoseOfFp32(Activation activation) {
    RandomModel random = new RandomModel(12);
    Mlp model = random.mlp(activation);
    Float32Tensor x = random.tensor(BATCH, model.inputs());
    Calibration calibration = Calibration.of(model, List.of(x), ActivationQuantizers.DEFAULT);
    try (Device device = Device.open("emulation");
        InferencePlan fp32 = InferencePlan.float32(model, device, BATCH)) {
      Float32Tensor expected = fp32.run(x, null);
      assertThat(expected.mismatches(model.network().forward(x))).isZero();
      float spread = 0;
      for (float logit : expected.toArray()) {
        spread = Math.max(spread, Math.abs(logit));
      }
      Offset<Float> near = within(0.06f * Math.max(1, spread));
      schemes()
          .filter(scheme -> !scheme.name().contains("LITERAL"))
          .forEach(
              scheme -> {
                try (InferencePlan plan = plan(model, scheme.scheme(), calibration, device)) {
                  Float32Tensor logits = plan.run(x, null);
                  for (int i = 0; i < logits.size(); i++) {
                    assertThat(logits.get(i)).as(scheme.name()).isCloseTo(expected.get(i), near);
                  }
                }
              });
    }
  }

  @Test
  void aPartOfABatchGivesTheSameRows() {
    RandomModel random = new RandomModel(13);
    Mlp model = random.mlp();
    Float32Tensor x = random.tensor(BATCH, model.inputs());
    try (Device device = Device.open("emulation");
        InferencePlan plan = InferencePlan.float32(model, device, BATCH)) {
      Tensor whole = plan.run(x, null).copy();
      Float32Tensor part = plan.run(x.rows(2, 5), null);
      assertThat(part.mismatches(whole.rows(2, 5))).isZero();
    }
  }

  @Test
  void moreRowsThanTheBatchAreRefused() {
    RandomModel random = new RandomModel(14);
    Mlp model = random.mlp();
    try (Device device = Device.open("cpu");
        InferencePlan plan = InferencePlan.float32(model, device, BATCH)) {
      assertThatThrownBy(() -> plan.run(random.tensor(BATCH + 1, model.inputs()), null))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("7 rows")
          .hasMessageContaining("6");
    }
  }

  @Test
  void timesAreTakenStageByStage() {
    RandomModel random = new RandomModel(15);
    Mlp model = random.mlp();
    Float32Tensor x = random.tensor(BATCH, model.inputs());
    Calibration calibration = Calibration.of(model, List.of(x), ActivationQuantizers.DEFAULT);
    Named integer =
        schemes().filter(scheme -> scheme.name().startsWith("i8i8")).findFirst().orElseThrow();
    LayerTimes[] times = {new LayerTimes(), new LayerTimes(), new LayerTimes()};
    try (Device device = Device.open("emulation");
        InferencePlan plan = plan(model, integer.scheme(), calibration, device)) {
      plan.run(x, times);
    }
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

  private static InferencePlan plan(
      Mlp model, Scheme scheme, Calibration calibration, Device device) {
    return new InferencePlan(
        model,
        i -> new Placement(scheme.kernel(model.layers().get(i), i, calibration), device),
        BATCH);
  }
}
