// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.model.Window;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;

class TrainedWeightsTest extends TorchTest {
  private static final int M = 7;
  private static final int K = 24;
  private static final int N = 5;

  private final SplittableRandom random = new SplittableRandom(3);
  private final DenseLayer layer = new DenseLayer("fc1", random(N, K), new float[] {1, 2, 3, 4, 5});
  private final Float32Tensor x = random(M, K);

  private Float32Tensor random(int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  @Test
  void layersComputeWithWhatTheirCodesStandFor() {
    Conv2dLayer conv =
        new Conv2dLayer(
            "conv",
            random(4, 3, 2, 3),
            new float[] {1, 2, 3, 4},
            new Window(2, 3, 1, 2, 0, 1, 1, 2, 2, 1),
            2);
    try (NDManager manager = engine.newBaseManager()) {
      for (WeightedLayer start : List.of(layer, conv)) {
        Encoding encoding = QuantizerSpec.parse("per-channel:3").fit(start.weight());
        ScaledWeights scaled = new ScaledWeights(manager, start, encoding);
        Float32Tensor in = start == conv ? random(M, 6, 5, 6) : x;
        float[] expected =
            start.withWeight(scaled.codes().dequantize()).forward(List.of(in)).toArray();
        float[] found = forward(manager, scaled, in).toFloatArray();
        assertThat(found).hasSize(expected.length);
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
        }
        assertThat(scaled.codes().encoding()).isEqualTo(encoding);
      }
    }
  }

  @Test
  void codebookLayerComputesWithCentroidsAndPassesGradientsStraight() {
    try (NDManager manager = engine.newBaseManager()) {
      CodebookWeights books = new CodebookWeights(manager, layer, new CodebookQuantizer(2));
      float[] found = forward(manager, books, x).toFloatArray();
      float[] expected = layer.withWeight(books.codes().dequantize()).forward(x).toArray();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
      }
      float[] gradient = weight(books).getGradient().toFloatArray();
      for (int i = 0; i < gradient.length; i++) {
        float sum = 0;
        for (int row = 0; row < M; row++) {
          sum += x.get(row, i % K);
        }
        assertThat(gradient[i]).isCloseTo(sum, within(1e-5f));
      }
    }
  }

  @Test
  void afterAStepCodesAreNearestAndCentroidsMeans() {
    try (NDManager manager = engine.newBaseManager()) {
      CodebookWeights books = new CodebookWeights(manager, layer, new CodebookQuantizer(2));
      Codebook before = books.codes().codebook();
      Float32Tensor moved = random(N, K);
      weight(books).set(moved.toArray());
      books.afterStep();
      double[] sums = new double[4];
      int[] counts = new int[4];
      for (int i = 0; i < moved.size(); i++) {
        int nearest = before.nearest(moved.get(i));
        assertThat(books.codes().codes().get(i)).isEqualTo(nearest);
        sums[nearest] += moved.get(i);
        counts[nearest]++;
      }
      for (int code = 0; code < sums.length; code++) {
        assertThat(books.codes().codebook().centroid(code))
            .isEqualTo((float) (sums[code] / counts[code]));
      }
    }
  }

  private static NDArray weight(TrainedWeights weights) {
    return weights.parameters().get(0).getArray();
  }

  /** Runs the layer as in training, and backward from the sum of its outputs. */
  private static NDArray forward(NDManager manager, TrainedWeights weights, Float32Tensor x) {
    weights.parameters().forEach(p -> p.getArray().setRequiresGradient(true));
    NDArray in = manager.create(x.toArray(), TrainedWeights.shape(x.shape()));
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = weights.forward(in, Parameter::getArray);
      gradients.backward(out.sum());
      return out;
    }
  }
}
