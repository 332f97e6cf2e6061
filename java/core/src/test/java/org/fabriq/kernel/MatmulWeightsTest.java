// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.quant.AffineQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Requantization;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

class MatmulWeightsTest {
  private static final Float32Tensor LAYER =
      Float32Tensor.of(new float[] {1, -2, 3, 0.5f, 0, -0.25f}, 2, 3);

  @Test
  void columnsHoldFloatsAsTheKernelsReadThem() {
    WeightsF32I8 weights =
        new WeightsF32I8(
            Int8Tensor.allocate(3, 2), new float[] {0.5f, 2}, new int[] {-128, 127}, null);
    ByteBuffer columns = weights.columns();
    assertThat(columns.isDirect()).isTrue();
    assertThat(columns.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(columns.limit()).isEqualTo(32);
    assertThat(columns).isSameAs(weights.columns());
    assertThat(columns.getInt(0)).isEqualTo(Float.floatToIntBits(-0f));
    assertThat(columns.getFloat(20)).isEqualTo(2);
    assertThat(columns.getInt(8)).isEqualTo(-128);
    assertThat(columns.getInt(24)).isEqualTo(127);
    assertThat(columns.getInt(28)).isZero();
    WeightsF32F32 floats = WeightsF32F32.ofLayer(LAYER, new float[] {7, -8});
    assertThat(floats.columns().getFloat(16)).isEqualTo(-8);
    assertThat(floats.columns().getInt(20)).isZero();
    assertThat(floats.b().shape()).containsExactly(3, 2);
    assertThat(floats.b().get(2, 0)).isEqualTo(3);
  }

  @Test
  void scalesPerInputAreRefused() {
    QuantizedTensor inputs = new PerChannelQuantizer(new SymmetricQuantizer(8), 1).quantize(LAYER);
    Encoding a = Encoding.perTensor(8, true, 1, 0);
    for (ThrowingCallable made :
        List.<ThrowingCallable>of(
            () -> WeightsF32I8.ofLayer(inputs, null),
            () -> WeightsI8I8.ofLayer(inputs, a, null, a),
            () -> WeightsI8I8.rawOfLayer(inputs, a, null))) {
      assertThatThrownBy(made)
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("3 scales of weights int8[2, 3] along axis 1")
          .hasMessageContaining("quantize along axis 0");
    }
  }

  /** The kernels' formula, sum ab - zB * sum a + folded bias modulo 2^32, gives the definition. */
  @Test
  void foldedBiasGivesTheUnfoldedResult() {
    SplittableRandom random = Seed.random("folding");
    for (int round = 0; round < 200; round++) {
      int k = random.nextInt(1, 40);
      Int8Tensor a = codes(random, 1, k);
      Int8Tensor b = codes(random, k, 3);
      int[] zeroB = random.ints(3, -128, 128).toArray();
      int[] bias = random.ints(3, -2_000_000_000, 2_000_000_000).toArray();
      WeightsI8I8 weights = WeightsI8I8.raw(b, random.nextInt(-128, 128), zeroB, bias);
      Int32Tensor expected = Int32Tensor.allocate(1, 3);
      ReferenceMatmul.multiply(a, weights, expected);
      for (int n = 0; n < 3; n++) {
        int acc = weights.columns().getInt(16 * n);
        for (int i = 0; i < k; i++) {
          acc += a.get(i) * (b.get(i, n) - weights.columns().getInt(16 * n + 8));
        }
        assertThat(acc).isEqualTo(expected.get(n));
      }
    }
  }

  private static Int8Tensor codes(SplittableRandom random, int... shape) {
    Int8Tensor codes = Int8Tensor.allocate(shape);
    for (int i = 0; i < codes.size(); i++) {
      codes.set(i, (byte) random.nextInt());
    }
    return codes;
  }

  @Test
  void layerIsTransposedAndRescaled() {
    QuantizedTensor w = new PerChannelQuantizer(new SymmetricQuantizer(8)).quantize(LAYER);
    Encoding a = Encoding.perTensor(8, true, 0.5f, -3);
    Encoding c = Encoding.perTensor(8, true, 0.25f, 4);
    WeightsI8I8 weights = WeightsI8I8.ofLayer(w, a, new float[] {1.5f, -0.1f}, c);
    assertThat(weights.b().shape()).containsExactly(3, 2);
    assertThat(weights.b().get(1, 0)).isEqualTo(w.codes().get(0, 1));
    assertThat(weights.zeroA()).isEqualTo(-3);
    float scale = w.encoding().scale(1);
    assertThat(weights.bias(1)).isEqualTo((int) Math.rint(-0.1f / (0.5 * scale)));
    Int8Output output = weights.int8Output().orElseThrow();
    assertThat(output.multipliers().get(1)).isEqualTo(Requantization.of(0.5f, scale, 0.25f));
    assertThat(output.zeroPoint()).isEqualTo(4);
    assertThat(weights.columns().getInt(20)).isEqualTo(output.multipliers().get(1).word());
    WeightsI8I8 raw = WeightsI8I8.rawOfLayer(w, a, null);
    assertThat(raw.output()).isEqualTo(OutputType.INT32);
    assertThat(raw.columns().getInt(20)).isZero();
    WeightsF32I8 floats = WeightsF32I8.ofLayer(w, null);
    assertThat(floats.scale(1)).isEqualTo(scale);
    assertThat(floats.b().mismatches(weights.b())).isZero();
  }

  @Test
  void layerKeepsZeroPointsOfAffineWeights() {
    QuantizedTensor w = new AffineQuantizer(8).quantize(LAYER);
    int zero = w.encoding().zeroPoint(0);
    assertThat(zero).isNotZero();
    assertThat(WeightsF32I8.ofLayer(w, null).zeroPoint(1)).isEqualTo(zero);
    assertThat(WeightsI8I8.rawOfLayer(w, Encoding.perTensor(8, true, 1, 0), null).zeroB(1))
        .isEqualTo(zero);
  }

  @Test
  void accumulatorsMustFitInt32() {
    Int8Tensor least = Int8Tensor.allocate(KernelLimits.MAX_K, 1);
    for (int k = 0; k < least.rows(); k++) {
      least.set(k, (byte) -128);
    }
    int room = (int) (Integer.MAX_VALUE - 16384L * KernelLimits.MAX_K);
    assertThat(WeightsI8I8.raw(least, 0, null, new int[] {room}).bias(0)).isEqualTo(room);
    assertThatThrownBy(() -> WeightsI8I8.raw(least, 0, null, new int[] {room + 1}))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("column 0")
        .hasMessageContaining("2,147,483,648")
        .hasMessageContaining("2^31");
    assertThatThrownBy(() -> WeightsI8I8.raw(least, 0, new int[] {127}, null))
        .hasMessageContaining("column 0");
    assertThatThrownBy(() -> WeightsI8I8.raw(least, 127, null, null))
        .hasMessageContaining("column 0");
    assertThatThrownBy(() -> WeightsI8I8.raw(least, 0, null, new int[] {Integer.MIN_VALUE}))
        .hasMessageContaining("column 0");
  }

  @Test
  void refusesValuesOutOfRange() {
    Float32Tensor b = Float32Tensor.allocate(3, 2);
    Int8Tensor codes = Int8Tensor.allocate(3, 2);
    float[] ones = {1, 1};
    assertThatThrownBy(() -> new WeightsF32F32(b, new float[3]))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 values for 2 columns");
    assertThatThrownBy(() -> new WeightsF32F32(b, new float[] {0, Float.NaN}))
        .hasMessageContaining("column 1");
    for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new WeightsF32I8(codes, new float[] {1, scale}, null, null))
          .hasMessageContaining("scale " + scale);
    }
    assertThatThrownBy(() -> new WeightsF32I8(codes, ones, new int[] {0, 128}, null))
        .hasMessageContaining("128");
    assertThatThrownBy(() -> WeightsI8I8.raw(codes, -129, null, null)).hasMessageContaining("-129");
    assertThatThrownBy(() -> WeightsI8I8.raw(codes, 0, null, new int[1]))
        .isInstanceOf(ShapeException.class);
    List<Requantization> one = Collections.nCopies(1, Requantization.of(1));
    assertThatThrownBy(
            () -> WeightsI8I8.requantized(codes, 0, null, null, new Int8Output(one, 0, -128, 127)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> new Int8Output(one, 128, -128, 127)).hasMessageContaining("128");
    assertThatThrownBy(() -> new Int8Output(one, 0, 5, 4)).hasMessageContaining("[5, 4]");
    assertThatThrownBy(() -> new Int8Output(one, 0, -129, 4)).hasMessageContaining("-129");
    QuantizedTensor w = new PerChannelQuantizer(new SymmetricQuantizer(8)).quantize(LAYER);
    assertThatThrownBy(() -> WeightsI8I8.rawOfLayer(w, w.encoding(), null))
        .hasMessageContaining("one scale");
    Encoding tiny = Encoding.perTensor(8, true, 1e-20f, 0);
    assertThatThrownBy(() -> WeightsI8I8.rawOfLayer(w, tiny, new float[] {1, 1}))
        .hasMessageContaining("accumulator units");
  }

  @Test
  void refusesSizesOverTheLimits() {
    KernelLimits.check(KernelType.I8I8, 1 << 20, 131_071, 65_536);
    assertThatThrownBy(() -> new WeightsF32F32(Float32Tensor.allocate(131_072, 1), null))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("K = 131,072")
        .hasMessageContaining("131,071");
    assertThatThrownBy(() -> WeightsI8I8.raw(Int8Tensor.allocate(1, 65_537), 0, null, null))
        .hasMessageContaining("N = 65,537");
    assertThatThrownBy(() -> KernelLimits.check(KernelType.F32I8, (1 << 20) + 1, 1, 1))
        .hasMessageContaining("M = 1,048,577");
    assertThatThrownBy(() -> KernelLimits.check(KernelType.F32I8, 0, 1, 1))
        .hasMessageContaining("M = 0");
  }
}
