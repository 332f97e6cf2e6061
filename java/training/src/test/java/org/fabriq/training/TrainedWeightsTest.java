// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.fabriq.model.DenseLayer;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FineTunedLinearTest {
  private static final int M = 7;
  private static final int K = 24;
  private static final int N = 5;

  private static Engine engine;

  private final SplittableRandom random = new SplittableRandom(3);
  private final DenseLayer layer = new DenseLayer("fc1", random(N, K), new float[] {1, 2, 3, 4, 5});
  private final Float32Tensor x = random(M, K);

  @BeforeAll
  static void start() {
    engine = TorchEngine.start(Path.of(System.getProperty("fabriq.training.cache")));
  }

  private Float32Tensor random(int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  @Test
  void scaledLayerComputesWithWhatItsCodesStandFor() {
    Encoding inputs = new SymmetricQuantizer(4).fit(x);
    Encoding outputs = Encoding.perTensor(8, true, 0.125f, 0);
    try (NDManager manager = engine.newBaseManager()) {
      ScaledLinear scaled =
          new ScaledLinear(
              manager, layer, new SymmetricQuantizer(3).fit(layer.weight()), inputs, outputs);
      float[] found = forward(manager, scaled).toFloatArray();
      Float32Tensor product =
          layer
              .withWeight(scaled.codes().dequantize())
              .forward(inputs.dequantize(inputs.quantize(x)));
      assertThat(outputs.quantize(Float32Tensor.of(found, M, N)).toArray())
          .isEqualTo(outputs.quantize(product).toArray());
      assertThat(found).isEqualTo(outputs.dequantize(outputs.quantize(product)).toArray());
      assertThat(scaled.activations())
          .containsEntry("fc1.input", inputs)
          .containsEntry("fc1.output", outputs)
          .hasSize(2);
    }
  }

  @Test
  void layerWithoutActivationScalesLeavesActivationsAlone() {
    try (NDManager manager = engine.newBaseManager()) {
      Encoding weights = new SymmetricQuantizer(2).fit(layer.weight());
      ScaledLinear scaled = new ScaledLinear(manager, layer, weights, null, null);
      float[] found = forward(manager, scaled).toFloatArray();
      float[] expected = layer.withWeight(scaled.codes().dequantize()).forward(x).toArray();
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
      }
      assertThat(scaled.activations()).isEmpty();
    }
  }

  @Test
  void codebookLayerComputesWithCentroidsAndPassesGradientsStraight() {
    try (NDManager manager = engine.newBaseManager()) {
      CodebookLinear books = new CodebookLinear(manager, layer, new CodebookQuantizer(2));
      float[] found = forward(manager, books).toFloatArray();
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
      CodebookLinear books = new CodebookLinear(manager, layer, new CodebookQuantizer(2));
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

  private static NDArray weight(FineTunedLinear linear) {
    return Arrays.stream(linear.getParameters().values().toArray(Parameter[]::new))
        .filter(parameter -> parameter.getType() == Parameter.Type.WEIGHT)
        .findFirst()
        .orElseThrow()
        .getArray();
  }

  /** Runs the layer as in training, and backward from the sum of its outputs. */
  private NDArray forward(NDManager manager, FineTunedLinear linear) {
    linear.initialize(manager, DataType.FLOAT32, new Shape(M, K));
    ParameterStore store = new ParameterStore(manager, false);
    linear.getParameters().values().forEach(p -> p.getArray().setRequiresGradient(true));
    NDArray in = manager.create(x.toArray(), new Shape(M, K));
    try (GradientCollector gradients = engine.newGradientCollector()) {
      NDArray out = linear.forward(store, new NDList(in), true).singletonOrThrow();
      gradients.backward(out.sum());
      return out;
    }
  }
}
