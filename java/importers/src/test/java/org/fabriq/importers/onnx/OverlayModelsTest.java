// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.fabriq.integer.IntegerNetwork;
import org.fabriq.overlay.OverlayPlan;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.ModelFolder;
import org.fabriq.testing.OverlayRun;
import org.fabriq.testing.PlannedCase;
import org.fabriq.testing.RandomOverlayNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The networks of MLPerf Tiny as programs of the overlay: every layer gives the codes of its
 * definition, and the formula of cycles is near what a prototype in SystemVerilog was measured to
 * take.
 */
class OverlayModelsTest {
  private static final OverlayTarget ZYNQ = OverlayTarget.DEFAULT;

  /** Of a case that is written. */
  private static final int IMAGES = Integer.getInteger("fabriq.cases.images", 3);

  @ParameterizedTest
  @CsvSource({
    "kws_dscnn, 7818, 7790",
    "ic_resnet8, 26052, 25983",
    "vww_mobilenetv1_025, 27168, 25390"
  })
  void everyLayerIsThatOfTheNetwork(String name, int alone, int following) {
    IntegerNetwork network = network(name);
    Int8Tensor images = images(network, name, 1);
    OverlayRun.assertEveryLayer(network, images);
    OverlayPlan plan = OverlayPlan.of(network, ZYNQ, 1);
    PlannedCase.offer(name, PlannedCase.of(plan, network, images(network, name, IMAGES)));
    System.out.printf("%s: %s, %s%n", name, plan.cycles(), plan.use());
    assertThat(plan.cycles().alone()).isBetween(alone * 98 / 100, alone * 102 / 100);
    assertThat(plan.cycles().following()).isBetween(following * 95 / 100, following * 102 / 100);
  }

  /** Dense layers whose biases are sums of their own, and means that are rescaled. */
  @ParameterizedTest
  @ValueSource(strings = {"micro_kws_m_qdq", "micro_kws_m_static_qoperator"})
  void modelsWithSumsOfConstantsArePrograms(String name) {
    IntegerNetwork network =
        new OnnxImporter()
            .read(ModelFolder.file("kws-forms/" + name + ".onnx"))
            .integers()
            .orElseThrow();
    OverlayRun.assertEveryLayer(network, images(network, name, 1));
  }

  /** Its 530 entries of weights are more than all quarters hold; the first one holds more. */
  @Test
  void theAutoencoderTakesLayersOfTheFirstQuarterAlone() {
    IntegerNetwork network = network("ad_deep_autoencoder");
    // The prototype took 911 and 571 cycles.
    assertThat(OverlayPlan.of(network, ZYNQ, 1).cycles().alone()).isBetween(893, 929);
    OverlayPlan plan = OverlayPlan.of(network, ZYNQ, 32);
    assertThat(plan.use().weightEntries()).isEqualTo(512);
    assertThat(plan.cycles().following() / 32).isBetween(560, 582);
    PlannedCase.offer(
        "ad_autoencoder_32", PlannedCase.of(plan, network, images(network, "autoencoder", 64)));
    PlannedCase.offer(
        "ad_autoencoder",
        PlannedCase.of(OverlayPlan.of(network, ZYNQ, 1), network, images(network, "alone", 1)));
  }

  private static IntegerNetwork network(String name) {
    return new OnnxImporter()
        .read(ModelFolder.file("mlperf-tiny/" + name + ".onnx"))
        .integers()
        .orElseThrow();
  }

  private static Int8Tensor images(IntegerNetwork network, String name, int samples) {
    return RandomOverlayNetwork.images(Seed.random(name), network, samples);
  }
}
