// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;
import org.fabriq.testing.Problem;
import org.fabriq.testing.ProblemList;
import org.fabriq.testing.Seed;
import org.fabriq.testing.SpecialFloats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JavaMatmulTest {
  static Stream<Arguments> problems() {
    return ProblemList.read().stream()
        .flatMap(
            problem ->
                Stream.of(KernelType.values())
                    .filter(problem::serves)
                    .map(type -> Arguments.of(type, problem)));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void equalsTheReference(KernelType type, Problem problem) {
    assertEqual(problem.a(type), problem.weights(type));
  }

  @Test
  void equalsTheReferenceNearTheSubnormals() {
    SplittableRandom random = Seed.random("near the subnormals");
    for (int round = 0; round < 4000; round++) {
      int m = random.nextInt(1, 5);
      int k = random.nextInt(1, 7);
      int n = random.nextInt(1, 9);
      int exponent = random.nextInt(-149, -20);
      Float32Tensor a = close(random, exponent, m, k);
      float[] bias = round % 2 == 0 ? null : close(random, random.nextInt(-127, -98), n).toArray();
      int product = random.nextInt(-112, -98);
      assertEqual(a, new WeightsF32F32(close(random, product - exponent, k, n), bias));
      float[] scale = close(random, product - exponent, n).toArray();
      for (int i = 0; i < n; i++) {
        scale[i] = scale[i] == 0 ? 1 : Math.abs(scale[i]);
      }
      Int8Tensor codes = Int8Tensor.allocate(k, n);
      for (int i = 0; i < codes.size(); i++) {
        codes.set(i, (byte) random.nextInt(-2, 3));
      }
      assertEqual(a, new WeightsF32I8(codes, scale, null, bias));
    }
  }

  @Test
  void equalsTheReferenceWhenABiasCancels() {
    Float32Tensor a = Float32Tensor.of(new float[] {0x1.1p-51f, 0x1p-51f}, 1, 2);
    Float32Tensor b = Float32Tensor.of(new float[] {0x1p-50f, -0x1p-50f}, 2, 1);
    assertEqual(a, new WeightsF32F32(b, new float[] {-0x1.000002p-105f}));
  }

  /** Values of a few bits or a few units in the last place, so that sums cancel. */
  private static Float32Tensor close(SplittableRandom random, int exponent, int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      float significand =
          random.nextBoolean() ? 1 + random.nextInt(4) * 0x1p-23f : random.nextInt(1, 8) / 4f;
      float value = Math.scalb(significand, exponent);
      tensor.set(i, random.nextInt(6) == 0 ? 0 : random.nextBoolean() ? value : -value);
    }
    return tensor;
  }

  @Test
  void equalsTheReferenceForAllPairsOfSpecialValues() {
    float[] special = SpecialFloats.all();
    Float32Tensor a = Float32Tensor.of(special, special.length, 1);
    assertEqual(a, new WeightsF32F32(Float32Tensor.of(special, 1, special.length), null));
  }

  @ParameterizedTest
  @EnumSource(KernelType.class)
  void servesManyThreads(KernelType type) throws Exception {
    Problem problem = ProblemList.read().get(8);
    MatmulWeights weights = problem.weights(type);
    JavaMatmul matmul = new JavaMatmul(weights);
    Tensor a = problem.a(type);
    Tensor expected = Tensor.allocate(weights.output().type(), a.rows(), weights.n());
    ReferenceMatmul.multiply(a, weights, expected);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        results.add(
            threads.submit(
                () -> {
                  Tensor c = Tensor.allocate(expected.type(), expected.shape());
                  matmul.multiply(a, c);
                  return c.mismatches(expected);
                }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void allocatesNothingInSteadyState() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    Problem problem = ProblemList.read().get(8);
    for (KernelType type : KernelType.values()) {
      MatmulWeights weights = problem.weights(type);
      JavaMatmul matmul = new JavaMatmul(weights);
      Tensor a = problem.a(type);
      Tensor c = Tensor.allocate(weights.output().type(), a.rows(), weights.n());
      long calls = 5000;
      for (int i = 0; i < calls; i++) {
        matmul.multiply(a, c);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        matmul.multiply(a, c);
      }
      long perCall = (threads.getCurrentThreadAllocatedBytes() - before) / calls;
      assertThat(perCall).as("bytes per call of %s", type).isZero();
    }
  }

  @Test
  void refusesWrongOperands() {
    JavaMatmul matmul = new JavaMatmul(new WeightsF32F32(Float32Tensor.allocate(3, 4), null));
    Tensor c = Float32Tensor.allocate(2, 4);
    assertThatThrownBy(() -> matmul.multiply(Float32Tensor.allocate(2, 5), c))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("float32[2, 5]");
    assertThatThrownBy(() -> matmul.multiply(Float32Tensor.allocate(1, 3), c))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> matmul.multiply(Int8Tensor.allocate(2, 3), c))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("int8");
  }

  private static void assertEqual(Tensor a, MatmulWeights weights) {
    Tensor expected = Tensor.allocate(weights.output().type(), a.rows(), weights.n());
    Tensor actual = Tensor.allocate(weights.output().type(), a.rows(), weights.n());
    ReferenceMatmul.multiply(a, weights, expected);
    JavaMatmul matmul = new JavaMatmul(weights);
    matmul.multiply(a, actual);
    assertThat(actual.mismatches(expected)).isZero();
    matmul.multiply(a, actual);
    assertThat(actual.mismatches(expected)).as("second call").isZero();
  }
}
