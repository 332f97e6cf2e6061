// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GptqTest {
  private static final double DAMPING = 0.01;

  private static QuantizedTensor round(Gptq gptq, String spec, Float32Tensor w, Float32Tensor x) {
    Network network =
        new Network(SampleShape.vector(w.columns()), List.of(new DenseLayer("fc", w, null)));
    LayerInputs inputs =
        new LayerInputs(network, network, 0, List.of(x.rows(0, 7), x.rows(7, x.rows())));
    return gptq.round(inputs, QuantizerSpec.parse(spec), done -> {});
  }

  /** Values whose columns depend on each other; column 3 is 0. */
  private static Float32Tensor correlated(RandomNetwork random, int rows, int columns) {
    Float32Tensor mixed = random.tensor(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int c = 1; c < columns; c++) {
        mixed.set(row, c, 0.7f * mixed.get(row, c - 1) + 0.5f * mixed.get(row, c));
      }
      mixed.set(row, 3, 0);
    }
    return mixed;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isItsDefinition(boolean strongestFirst) {
    SplittableRandom seeded = Seed.random("gptq");
    RandomNetwork random = new RandomNetwork(seeded);
    for (int n = 5; n <= 9; n++) {
      Float32Tensor w = random.tensor(1, n);
      Float32Tensor x = correlated(random, 60, n);
      double[][] hessian = hessian(x);
      int[] order =
          IntStream.range(0, n)
              .boxed()
              .sorted(
                  strongestFirst
                      ? Comparator.comparingDouble(i -> i == 3 ? 0 : -hessian[i][i])
                      : Comparator.naturalOrder())
              .mapToInt(i -> i)
              .toArray();
      double[] weights = IntStream.range(0, n).mapToDouble(w::get).toArray();
      QuantizedTensor found = round(new Gptq(DAMPING, strongestFirst), "affine:3", w, x);
      int[] expected = ReferenceGptq.codes(weights, hessian, order, found.encoding());
      for (int i = 0; i < n; i++) {
        assertThat((int) found.codes().get(i)).isEqualTo(expected[i]);
      }
    }
  }

  private static double[][] hessian(Float32Tensor x) {
    int n = x.columns();
    double[][] hessian = new double[n][n];
    double trace = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int row = 0; row < x.rows(); row++) {
          hessian[i][j] += (double) x.get(row, i) * x.get(row, j) / x.rows();
        }
      }
      trace += hessian[i][i];
    }
    double mean = trace / (n - 1);
    hessian[3][3] = mean;
    for (int i = 0; i < n; i++) {
      hessian[i][i] += DAMPING * mean;
    }
    return hessian;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "per-channel:2",
        "per-channel:symmetric:3,mse",
        "affine:2",
        "fixed:4,3",
        "per-channel:2,axis=1"
      })
  void changesOutputsLessThanRoundingToNearest(String spec) {
    RandomNetwork random = new RandomNetwork(Seed.random("gptq outputs"));
    Float32Tensor w = random.tensor(20, 40);
    Float32Tensor x = correlated(random, 300, 40);
    Quantizer quantizer = QuantizerSpec.parse(spec);
    QuantizedTensor nearest = quantizer.quantize(w);
    QuantizedTensor found = round(Gptq.DEFAULT, spec, w, x);
    assertThat(found.encoding()).isEqualTo(nearest.encoding());
    assertThat(error(w, found, x)).isLessThan(0.6 * error(w, nearest, x));
    for (int output = 0; output < 20; output++) {
      assertThat(found.codes().get(output * 40 + 3))
          .isEqualTo(nearest.codes().get(output * 40 + 3));
    }
  }

  static double error(Float32Tensor w, QuantizedTensor codes, Float32Tensor x) {
    Float32Tensor read = codes.dequantize();
    double sum = 0;
    for (int row = 0; row < x.rows(); row++) {
      for (int n = 0; n < w.rows(); n++) {
        double difference = 0;
        for (int k = 0; k < w.columns(); k++) {
          difference += ((double) read.get(n, k) - w.get(n, k)) * x.get(row, k);
        }
        sum += difference * difference;
      }
    }
    return sum;
  }

  @Test
  void inputsThatAreAllZeroGiveNearestCodes() {
    Float32Tensor w = new RandomNetwork(Seed.random("gptq zeros")).tensor(4, 6);
    QuantizedTensor found = round(Gptq.DEFAULT, "affine:2", w, Float32Tensor.allocate(9, 6));
    assertThat(found.codes().toArray())
        .isEqualTo(QuantizerSpec.parse("affine:2").quantize(w).codes().toArray());
  }

  @Test
  void refusesCodebooksAndBadDamping() {
    ReluNetwork relu = new ReluNetwork("gptq refused");
    PostTraining run =
        new PostTraining(
            relu.network, QuantizerSpec.parseWeights("codebook:2"), name -> true, relu.batches(3));
    assertThatThrownBy(() -> run.round(Gptq.DEFAULT))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("codebook:2");
    for (double damping : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Gptq(damping, true)).hasMessageContaining("" + damping);
    }
  }
}
