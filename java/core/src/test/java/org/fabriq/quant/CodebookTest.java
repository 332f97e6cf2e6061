// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.ShapeException;
import org.fabriq.model.ShippedModel;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;

class CodebookTest {
  private static final Codebook TABLE = new Codebook(2, new float[] {4, -1, 1, -1});

  private static Float32Tensor tensor(float... values) {
    return Float32Tensor.of(values, values.length);
  }

  @Test
  void nearestTakesTheLowerCodeOnTies() {
    assertThat(TABLE.nearest(-1)).isEqualTo(1);
    assertThat(TABLE.nearest(0)).isEqualTo(1);
    assertThat(TABLE.nearest(2.5f)).isZero();
    assertThat(TABLE.nearest(2.4f)).isEqualTo(2);
    assertThat(TABLE.nearest(Float.POSITIVE_INFINITY)).isZero();
    assertThat(TABLE.nearest(Float.NEGATIVE_INFINITY)).isEqualTo(1);
    Codebook wide = new Codebook(1, new float[] {-Float.MAX_VALUE, Float.MAX_VALUE});
    assertThat(wide.nearest(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(wide.nearest(1e30f)).isEqualTo(1);
  }

  @Test
  void encodesAndDecodes() {
    PackedCodes codes = TABLE.encode(tensor(5, -3, 1.1f, 2.6f, 0));
    assertThat(codes.unpack().toArray()).containsExactly(0, 1, 2, 0, 1);
    assertThat(codes.bytes().toArray()).containsExactly(0b00_10_01_00, 1);
    assertThat(TABLE.decode(codes).toArray()).containsExactly(4, -1, 1, 4, -1);
    assertThatThrownBy(() -> TABLE.encode(tensor(1, 2, Float.NaN))).hasMessageContaining("index 2");
  }

  @Test
  void codesOfEightBitsAreUnsigned() {
    float[] table = new float[256];
    for (int i = 0; i < 256; i++) {
      table[i] = i;
    }
    Codebook codebook = new Codebook(8, table);
    assertThat(codebook.decode(codebook.encode(tensor(table))).toArray()).isEqualTo(table);
  }

  @Test
  void centroidsFollowTheirWeights() {
    PackedCodes codes = TABLE.encode(tensor(5, -3, 1.1f, 2.6f, 0));
    Codebook moved = TABLE.withMeansOf(tensor(6, -2, 7, 3, -4), codes);
    assertThat(moved.centroids()).containsExactly(4.5f, -3, 7, -1);
    assertThatThrownBy(() -> TABLE.withMeansOf(tensor(1), codes))
        .isInstanceOf(ShapeException.class);
    float infinity = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> TABLE.withMeansOf(tensor(0, infinity, 0, 0, 0), codes))
        .hasMessageContaining("Infinity at index 1");
  }

  @Test
  void fineTuningLowersTheErrorAfterAStep() {
    Float32Tensor weights = ShippedModel.MNIST.network().weightedLayer("fc2").weight();
    CodebookTensor quantized = new CodebookQuantizer(3).quantize(weights);
    Float32Tensor stepped = (Float32Tensor) weights.copy();
    for (int i = 0; i < stepped.size(); i++) {
      stepped.set(i, stepped.get(i) * 1.05f + 0.01f);
    }
    double before = SquaredError.mean(stepped, quantized.dequantize());
    CodebookTensor tuned = quantized.withMeansOf(stepped);
    assertThat(tuned.codes()).isEqualTo(quantized.codes());
    assertThat(SquaredError.mean(stepped, tuned.dequantize())).isLessThan(0.95 * before);
  }

  @Test
  void integersAreTheCentroidsRoundedToEightBits() {
    Float32Tensor weights = ShippedModel.MNIST.network().weightedLayer("fc2").weight();
    CodebookTensor quantized = new CodebookQuantizer(4).quantize(weights);
    QuantizedTensor integers = quantized.integers();
    Float32Tensor decoded = quantized.dequantize();
    float scale = integers.encoding().scale(0);
    assertThat(scale).isEqualTo(ValueRange.of(decoded).magnitude() / 127);
    for (int i = 0; i < decoded.size(); i++) {
      float rounded = integers.dequantize().get(i);
      assertThat(Math.abs((double) rounded - decoded.get(i))).isLessThanOrEqualTo(0.5001 * scale);
    }
  }

  @Test
  void bytesAreThoseOfCodesAndTable() {
    Float32Tensor weights = ShippedModel.MNIST.network().weightedLayer("fc3").weight();
    for (int bits = 1; bits <= 8; bits++) {
      CodebookTensor quantized = new CodebookQuantizer(bits).quantize(weights);
      assertThat(quantized.bytes()).isEqualTo(10 * 8 * bits + 4L * (1 << bits));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new Codebook(2, new float[3])).hasMessageContaining("3 centroids");
    assertThatThrownBy(() -> new Codebook(9, new float[512])).hasMessageContaining("9 bits");
    assertThatThrownBy(() -> new Codebook(1, new float[] {0, Float.NaN}))
        .hasMessageContaining("centroid 1");
    PackedCodes signed = PackedCodes.pack(Int8Tensor.allocate(3), 2, true);
    assertThatThrownBy(() -> TABLE.decode(signed)).hasMessageContaining("unsigned");
    PackedCodes wide = PackedCodes.pack(Int8Tensor.allocate(3), 3, false);
    assertThatThrownBy(() -> new CodebookTensor(wide, TABLE)).hasMessageContaining("2 bits");
  }
}
