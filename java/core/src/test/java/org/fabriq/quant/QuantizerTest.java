// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked examples of docs/numerics.md, and what is particular to one quantizer. */
class QuantizerTest {
  @Test
  void twoBitExample() {
    Float32Tensor w =
        Float32Tensor.of(
            new float[] {
              2.09f, -0.98f, 1.48f, 0.09f, 0.05f, -0.14f, -1.08f, 2.12f, //
              -0.91f, 1.92f, 0f, -1.03f, 1.87f, 0f, 1.53f, 1.49f
            },
            4,
            4);
    QuantizedTensor quantized = new AffineQuantizer(2).quantize(w);
    assertThat(quantized.encoding().scale(0)).isEqualTo((float) ((2.12f + (double) 1.08f) / 3));
    assertThat(quantized.encoding().scale(0)).isBetween(1.065f, 1.075f);
    assertThat(quantized.encoding().zeroPoint(0)).isEqualTo(-1);
    assertThat(quantized.codes().toArray())
        .containsExactly(1, -2, 0, -1, -1, -1, -2, 1, -2, 1, -1, -2, 1, -1, 0, 0);
  }

  @Test
  void fixedPointExample() {
    FixedPointQuantizer quantizer = new FixedPointQuantizer(8, 4);
    QuantizedTensor quantized = quantizer.quantize(Float32Tensor.of(new float[] {3.324f}, 1));
    assertThat(quantized.codes().get(0)).isEqualTo((byte) 53);
    assertThat(quantized.dequantize().get(0)).isEqualTo(3.3125f);
    assertThat(quantizer.encoding().dequantize(-128, 0)).isEqualTo(-8f);
    assertThat(quantizer.encoding().dequantize(127, 0)).isEqualTo(7.9375f);
  }

  @Test
  void multiplierExample() {
    Requantization fifth = Requantization.of(0.2f);
    assertThat(Math.scalb(fifth.multiplier(), 2)).isEqualTo(0.8f);
    assertThat(fifth.apply(5)).isEqualTo(1);
    assertThat(fifth.apply(1000)).isEqualTo(200);
  }

  @Test
  void fittingTakesTheLeastError() {
    Float32Tensor sixteenths = Float32Tensor.of(new float[] {3.3125f, -7.9375f, 0.0625f}, 3);
    assertThat(FixedPointQuantizer.fitting(8, sixteenths)).isEqualTo(new FixedPointQuantizer(8, 4));
    Float32Tensor zeros = Float32Tensor.allocate(3);
    assertThat(FixedPointQuantizer.fitting(8, zeros)).isEqualTo(new FixedPointQuantizer(8, -8));
    Float32Tensor large = Float32Tensor.of(new float[] {30000, -32768, 512}, 3);
    assertThat(FixedPointQuantizer.fitting(8, large).fl()).isEqualTo(-8);
    Float32Tensor small = Float32Tensor.of(new float[] {0x1p-16f, -0x3p-16f}, 2);
    assertThat(FixedPointQuantizer.fitting(8, small).fl()).isEqualTo(16);
  }

  @Test
  void degenerateTensorsHaveDefinedEncodings() {
    Float32Tensor zeros = Float32Tensor.allocate(4);
    assertThat(new AffineQuantizer(8).fit(zeros)).isEqualTo(Encoding.perTensor(8, true, 1, -128));
    assertThat(new SymmetricQuantizer(8).fit(zeros)).isEqualTo(Encoding.perTensor(8, true, 1, 0));
    Float32Tensor constant = Float32Tensor.of(new float[] {5.1f, 5.1f}, 2);
    QuantizedTensor quantized = new AffineQuantizer(8).quantize(constant);
    assertThat(quantized.codes().toArray()).containsExactly(127, 127);
    assertThat(quantized.encoding().scale(0)).isEqualTo(5.1f / 255);
  }

  @Test
  void symmetricReachesTheGreatestCode() {
    Float32Tensor values = Float32Tensor.of(new float[] {-12.7f, 12.7f, 0.1f}, 3);
    QuantizedTensor quantized = new SymmetricQuantizer(8).quantize(values);
    assertThat(quantized.codes().toArray()).containsExactly(-127, 127, 1);
  }

  @Test
  void perChannelFitsEachRow() {
    Float32Tensor values = Float32Tensor.of(new float[] {1.27f, 0, 0, -127, 0, 0}, 3, 2);
    Encoding encoding = new PerChannelQuantizer(new SymmetricQuantizer(8)).fit(values);
    assertThat(encoding.scales()).containsExactly(0.01f, 1f, 1f);
    assertThat(encoding.perChannel()).isTrue();
  }

  @Test
  void shortSpecsMeanEightBits() {
    assertThat(QuantizerSpec.parse("affine")).isEqualTo(new AffineQuantizer(8));
    assertThat(QuantizerSpec.parse("symmetric")).isEqualTo(new SymmetricQuantizer(8));
    assertThat(QuantizerSpec.parse("per-channel"))
        .isEqualTo(new PerChannelQuantizer(new SymmetricQuantizer(8)));
    assertThat(QuantizerSpec.parse("per-channel:4,mse"))
        .isEqualTo(QuantizerSpec.parse("per-channel:symmetric:4,mse"));
    assertThat(QuantizerSpec.parse("affine:8,percentile").name())
        .isEqualTo("affine:8,percentile=99.9");
    assertThat(QuantizerSpec.parse("affine:8,sqnr=1").name()).isEqualTo("affine:8,mse");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fixed",
        "fixed:",
        "fixed:x",
        "fixed:8,4,",
        "fixed:8,4,wide",
        "fixed:17,4",
        "fixed:8,101",
        "affine:0",
        "affine:8,signed",
        "symmetric:1",
        "symmetric:8,2",
        "per-channel:per-channel",
        "kmeans:4",
        "affine:99999999999",
        "per-channel:",
        "Affine",
        "affine:8,mse,pow2",
        "affine:8,mse=2",
        "affine:8,min-max=1",
        "affine:8,percentile=50",
        "affine:8,percentile=100.1",
        "affine:8,percentile=",
        "affine:8,moving-average=1",
        "affine:8,sqnr=0",
        "affine:8,sqnr=NaN",
        "affine:8,pow2,pow2",
        "affine:8,mse,mse",
        "affine:8,kl",
        "symmetric:8,unsigned",
        "fixed:8,4,mse",
        "per-channel:8,2"
      })
  void refusesOtherSpecs(String spec) {
    assertThatThrownBy(() -> QuantizerSpec.parse(spec))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> QuantizerSpec.parseWeights(spec))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codebook:1",
        "codebook:4",
        "codebook:3,quantile",
        "codebook:8,uniform",
        "codebook:2,seed=-7",
        "codebook:2,quantile,seed=3",
        "per-channel:symmetric:4,mse"
      })
  void weightsMayHaveACodebook(String spec) {
    WeightQuantizer quantizer = QuantizerSpec.parseWeights(spec);
    assertThat(quantizer.name()).isEqualTo(spec);
    assertThat(QuantizerSpec.parseWeights(quantizer.name())).isEqualTo(quantizer);
    assertThat(quantizer.quantize(Float32Tensor.allocate(2, 2)).dequantize().toArray())
        .containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "codebook",
        "codebook:",
        "codebook:9",
        "codebook:0",
        "codebook:4,mse",
        "codebook:4,seed=",
        "codebook:4,seed=1,quantile",
        "codebook:4,",
        "per-channel:codebook:4"
      })
  void refusesOtherCodebooks(String spec) {
    assertThatThrownBy(() -> QuantizerSpec.parseWeights(spec))
        .isInstanceOf(InvalidArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 12, 16})
  void codesOverEightBitsAreForAnalysis(int bits) {
    Float32Tensor values = Float32Tensor.of(new float[] {-1, 0.3f, 1}, 3);
    Encoding encoding = new SymmetricQuantizer(bits).fit(values);
    float back = encoding.dequantize(encoding.quantize(0.3f, 0), 0);
    assertThat(Math.abs(back - 0.3f)).isLessThanOrEqualTo(encoding.scale(0) / 2);
    assertThatThrownBy(() -> new SymmetricQuantizer(bits).quantize(values))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(bits + " bits")
        .hasMessageContaining("at most 8 bits");
  }
}
