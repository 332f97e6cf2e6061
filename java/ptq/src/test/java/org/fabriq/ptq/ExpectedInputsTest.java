// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedInputsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0, Infinity",
    "1.5, 0.3, 0, Infinity",
    "-3, 0.5, 0, Infinity",
    "2, 4, 0, 6",
    "9, 1, 0, 6",
    "-0.2, 0.7, -1, 0.25",
    "0.5, 0, 0, 6",
    "-0.5, 0, 0, 6"
  })
  void clippedMeanIsTheIntegral(double m, double s, double a, double b) {
    double sum = 0;
    int steps = 200_000;
    for (int i = 0; i < steps; i++) {
      double z = -10 + 20 * (i + 0.5) / steps;
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      sum += density * Math.max(a, Math.min(b, m + s * z)) * 20 / steps;
    }
    assertThat(ExpectedInputs.clippedMean(m, s, a, b)).isCloseTo(sum, within(1e-6));
  }

  @Test
  void meansAreKnownAsFarAsTheyGo() {
    ReluNetwork relu = new ReluNetwork("expected");
    ExpectedInputs expected = ExpectedInputs.of(relu.network);
    assertThat(expected.layers()).containsExactly("conv2");
    BatchNormLayer norm = (BatchNormLayer) relu.network.layers().get(1);
    double[] means = expected.ofLayer("conv2");
    for (int c = 0; c < 6; c++) {
      double s = Math.abs(norm.gamma()[c]);
      assertThat(means[c])
          .isEqualTo(ExpectedInputs.clippedMean(norm.beta()[c], s, 0, Double.POSITIVE_INFINITY));
    }
    assertThat(expected.ofLayer("fc3")).isNull();
  }

  @Test
  void clipsAfterClipsAreNotKnown() {
    BatchNormLayer norm =
        new BatchNormLayer(
            "bn", new float[] {2}, new float[] {1}, new float[1], new float[] {1}, 1e-5f);
    DenseLayer last = new DenseLayer("fc", Float32Tensor.of(new float[] {1}, 1, 1), null);
    Network once =
        new Network(SampleShape.vector(1), List.of(norm, new ClipLayer("c", 0, 6), last));
    assertThat(ExpectedInputs.of(once).ofLayer("fc")[0])
        .isEqualTo(ExpectedInputs.clippedMean(1, 2, 0, 6));
    Network twice =
        new Network(
            SampleShape.vector(1),
            List.of(
                norm, new ActivationLayer("r", Activation.RELU), new ClipLayer("c", 0, 6), last));
    assertThat(ExpectedInputs.of(twice).layers()).isEmpty();
  }
}
