// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.kernel.CodeWidth;
import org.fabriq.kernel.Int8Output;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.kernel.WeightsF32F32;
import org.fabriq.kernel.WeightsF32I8;
import org.fabriq.kernel.WeightsI8I8;
import org.fabriq.quant.Requantization;
import org.fabriq.tensor.DataType;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** Draws the data of a problem from its seed. */
final class ProblemData {
  private final Problem problem;
  private final SplittableRandom forA;
  private final SplittableRandom forB;

  ProblemData(Problem problem) {
    this.problem = problem;
    this.forA = new SplittableRandom(problem.seed());
    this.forB = new SplittableRandom(~problem.seed());
  }

  Tensor a(KernelType type) {
    return matrix(type.typeOfA(), true, problem.m(), problem.k(), forA);
  }

  MatmulWeights weights(KernelType type) {
    Tensor b = matrix(type.typeOfB(), false, problem.k(), problem.n(), forB);
    return switch (type) {
      case F32F32 -> new WeightsF32F32((Float32Tensor) b, bias());
      case F32I8 ->
          new WeightsF32I8((Int8Tensor) b, problem.width(), scales(), zeroPoints(), bias());
      case I8I8 -> integerWeights((Int8Tensor) b);
    };
  }

  private MatmulWeights integerWeights(Int8Tensor b) {
    int[] zeroB = zeroPoints();
    int[] bias = null;
    if (problem.bias()) {
      bias = forB.ints(problem.n(), -1000, 1001).toArray();
    }
    if (problem.raw()) {
      return WeightsI8I8.raw(b, problem.width(), problem.zeroA(), zeroB, bias);
    }
    List<Requantization> multipliers = new ArrayList<>();
    for (int n = 0; n < problem.n(); n++) {
      multipliers.add(multiplier(n));
    }
    Int8Output output =
        new Int8Output(multipliers, problem.zeroC(), problem.clampMin(), problem.clampMax());
    return WeightsI8I8.requantized(b, problem.width(), problem.zeroA(), zeroB, bias, output);
  }

  private Requantization multiplier(int column) {
    return switch (problem.data()) {
      case "ties" -> Requantization.ofPowerOfTwo(forB.nextInt(1, 5));
      case "saturate" -> new Requantization(column % 2 == 0 ? 0xffffff : 1, 0);
      case "zeros" -> new Requantization(0xffffff, 62);
      default ->
          Requantization.of((float) ((0.5 + forB.nextDouble()) / (50 * Math.sqrt(problem.k()))));
    };
  }

  private int[] zeroPoints() {
    int[] zeros = new int[problem.n()];
    Arrays.fill(zeros, problem.zeroB());
    return problem.randomZeroB() ? forB.ints(zeros.length, -128, 128).toArray() : zeros;
  }

  private float[] bias() {
    float[] bias = new float[problem.n()];
    for (int n = 0; n < bias.length; n++) {
      bias[n] = special() && n % 3 == 0 ? 0x1p-130f : sign(forB) * (float) forB.nextDouble();
    }
    return problem.bias() ? bias : null;
  }

  private float[] scales() {
    float[] scales = new float[problem.n()];
    for (int n = 0; n < scales.length; n++) {
      scales[n] = special() && n % 5 == 0 ? 0x1p-120f : 0.001f + 0.1f * (float) forB.nextDouble();
    }
    return scales;
  }

  private boolean special() {
    return problem.data().equals("special");
  }

  private Tensor matrix(DataType type, boolean isA, int rows, int columns, SplittableRandom from) {
    Tensor matrix = Tensor.allocate(type, rows, columns);
    for (int i = 0; i < matrix.size(); i++) {
      boolean even = (i / columns + i % columns) % 2 == 0;
      if (matrix instanceof Float32Tensor floats) {
        floats.set(i, real(isA, even, from));
      } else {
        ((Int8Tensor) matrix).set(i, (byte) code(isA, even, from));
      }
    }
    return matrix;
  }

  private float real(boolean isA, boolean even, SplittableRandom from) {
    return switch (problem.data()) {
      case "random" ->
          sign(from) * Math.scalb(0.5f + (float) from.nextDouble(), from.nextInt(-6, 7));
      case "minimum" -> -Float.MAX_VALUE;
      case "ties" ->
          isA ? sign(from) * (from.nextInt(4096) | 1) : Math.scalb(1f, from.nextInt(0, 15));
      case "saturate" ->
          sign(from) * (isA ? Float.MAX_VALUE / 2 : Math.scalb(1f, from.nextInt(-1, 2)));
      case "zeros" -> sign(from) * 0f;
      case "alternating" -> even ? 3.3f : -7.1f;
      default ->
          from.nextInt(4) == 0 ? SpecialFloats.draw(from) : sign(from) * (float) from.nextDouble();
    };
  }

  private int code(boolean isA, boolean even, SplittableRandom from) {
    CodeWidth width = isA ? CodeWidth.INT8 : problem.width();
    int least = width.least();
    int greatest = width.greatest();
    return switch (problem.data()) {
      case "minimum" -> least;
      case "ties" ->
          isA ? from.nextInt(-7, 8) : from.nextInt(Math.max(-3, least), Math.min(3, greatest) + 1);
      case "saturate" -> from.nextBoolean() ? least : greatest;
      case "zeros" -> 0;
      case "alternating" -> even ? greatest : least;
      default -> from.nextInt(least, greatest + 1);
    };
  }

  private static float sign(SplittableRandom from) {
    return from.nextBoolean() ? 1 : -1;
  }
}
