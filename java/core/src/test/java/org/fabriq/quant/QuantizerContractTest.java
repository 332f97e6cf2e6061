// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.InvalidArgumentException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every quantizer promises. */
class QuantizerContractTest {
  static Stream<String> ofWholeTensors() {
    return Stream.of(
        "fixed:8,4",
        "fixed:8,-3",
        "fixed:1,0",
        "fixed:3,3",
        "fixed:8,7,narrow",
        "fixed:8",
        "fixed:2",
        "affine:8",
        "affine:1",
        "affine:4",
        "affine:7,unsigned",
        "symmetric:8",
        "symmetric:2",
        "affine:8,min-max",
        "affine:8,moving-average=0.9",
        "affine:8,percentile=99.9",
        "affine:7,unsigned,percentile=75.0",
        "affine:8,mse",
        "affine:2,mse",
        "affine:1,sqnr",
        "affine:4,cross-entropy",
        "affine:4,pow2",
        "affine:7,unsigned,pow2,mse",
        "symmetric:2,mse",
        "symmetric:4,sqnr=2.5",
        "symmetric:8,sqnr",
        "symmetric:3,cross-entropy",
        "symmetric:8,pow2",
        "symmetric:4,pow2,percentile=99.0");
  }

  static Stream<String> all() {
    return Stream.concat(
        ofWholeTensors(),
        Stream.of(
            "per-channel:8",
            "per-channel:4",
            "per-channel:affine:8",
            "per-channel:fixed:8",
            "per-channel:fixed:8,4",
            "per-channel:symmetric:4,mse",
            "per-channel:symmetric:4,pow2",
            "per-channel:affine:4,percentile=90.0",
            "per-channel:8,axis=1",
            "per-channel:symmetric:4,pow2,axis=-1",
            "per-channel:affine:8,axis=1",
            "per-channel:affine:4,percentile=90.0,axis=-2",
            "per-channel:fixed:8,axis=1",
            "per-channel:symmetric:4,mse,axis=-1"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsItsPromises(String spec) {
    Quantizer quantizer = QuantizerSpec.parse(spec);
    assertThat(quantizer.name()).isEqualTo(spec);
    assertThat(QuantizerSpec.parse(quantizer.name())).isEqualTo(quantizer);
    for (Float32Tensor values : tensors(quantizer)) {
      Encoding encoding = quantizer.fit(values);
      assertThat(quantizer.fit(values)).as("deterministic").isEqualTo(encoding);
      checkCodes(encoding, values);
      checkSaturation(encoding);
      checkBatches(quantizer, values, encoding);
    }
    refusesNan(quantizer);
  }

  private static void checkBatches(Quantizer quantizer, Float32Tensor values, Encoding whole) {
    if (quantizer.name().contains("moving-average")) {
      return;
    }
    boolean ofRows = channelsAreRows(quantizer, values);
    EncodingObserver observer = quantizer.observer();
    int batches = ofRows ? 2 : values.dimension(0);
    for (int i = 0; i < batches; i++) {
      observer.observe(ofRows ? values : values.rows(i, i + 1));
    }
    assertThat(observer.encoding()).as("in %d batches", batches).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"affine:8", "fixed:8", "symmetric:4,mse", "per-channel:8"})
  void noBatchIsAnErrorAndABadOneIsNotTakenIn(String spec) {
    EncodingObserver observer = QuantizerSpec.parse(spec).observer();
    assertThatThrownBy(observer::encoding).hasMessageContaining("0 batches");
    Float32Tensor good = Float32Tensor.of(new float[] {-3, 1}, 1, 2);
    observer.observe(good);
    Encoding encoding = observer.encoding();
    Float32Tensor bad = Float32Tensor.of(new float[] {9, Float.NaN}, 1, 2);
    assertThatThrownBy(() -> observer.observe(bad)).hasMessageContaining("index 1");
    assertThat(observer.encoding()).isEqualTo(encoding);
  }

  private static boolean channelsAreRows(Quantizer quantizer, Float32Tensor values) {
    return quantizer instanceof PerChannelQuantizer channels
        && Math.floorMod(channels.axis(), values.rank()) == 0;
  }

  private static boolean hasChannels(Quantizer quantizer, Float32Tensor values) {
    return !(quantizer instanceof PerChannelQuantizer channels)
        || channels.axis() < values.rank() && channels.axis() >= -values.rank();
  }

  private static List<Float32Tensor> tensors(Quantizer quantizer) {
    SplittableRandom random = Seed.random("quantizer " + quantizer.name());
    List<Float32Tensor> tensors = new ArrayList<>();
    for (double width : new double[] {1e-3, 1, 20, 1e6}) {
      for (double offset : new double[] {-3, -0.5, 0, 0.5, 3}) {
        Float32Tensor values = Float32Tensor.allocate(4, 25);
        for (int i = 0; i < values.size(); i++) {
          values.set(i, (float) ((random.nextDouble(-1, 1) + offset) * width));
        }
        tensors.add(values);
      }
    }
    tensors.add(Float32Tensor.allocate(3, 2));
    tensors.add(Float32Tensor.of(new float[] {-0f}, 1, 1));
    tensors.add(Float32Tensor.of(new float[] {5, 5, 5, 5}, 2, 2));
    tensors.add(Float32Tensor.of(new float[] {-5, -5, -5, -5}, 2, 2));
    tensors.add(Float32Tensor.of(new float[] {Float.MAX_VALUE / 2, -Float.MAX_VALUE / 2}, 1, 2));
    tensors.add(Float32Tensor.of(new float[] {Float.MIN_VALUE, -Float.MIN_NORMAL}, 2, 1));
    tensors.add(
        Float32Tensor.of(new float[] {Float.POSITIVE_INFINITY, -1, Float.NEGATIVE_INFINITY}, 1, 3));
    tensors.add(Float32Tensor.of(new float[] {Float.POSITIVE_INFINITY}, 1));
    tensors.removeIf(values -> !hasChannels(quantizer, values));
    return tensors;
  }

  private static void checkCodes(Encoding encoding, Float32Tensor values) {
    Int8Tensor codes = encoding.quantize(values);
    Float32Tensor back = encoding.dequantize(codes);
    assertThat(encoding.quantize(back).toArray()).as("idempotent").isEqualTo(codes.toArray());
    for (int i = 0; i < values.size(); i++) {
      int channel = encoding.channel(values, i);
      int q = codes.get(i);
      assertThat(q).isBetween(encoding.qmin(), encoding.qmax());
      assertThat(encoding.quantize(values.get(i), channel)).as("bulk is scalar").isEqualTo(q);
      assertThat(encoding.dequantize(q, channel)).isEqualTo(back.get(i));
      assertThat(encoding.dequantize(encoding.quantize(0f, channel), channel)).isZero();
      double scale = encoding.scale(channel);
      double x = values.get(i);
      double least = (encoding.qmin() - encoding.zeroPoint(channel)) * scale;
      double greatest = (encoding.qmax() - encoding.zeroPoint(channel)) * scale;
      if (x >= least && x <= greatest) {
        double real = (q - encoding.zeroPoint(channel)) * scale;
        assertThat(Math.abs(real - x)).isLessThanOrEqualTo(scale / 2);
      }
    }
  }

  private static void checkSaturation(Encoding encoding) {
    assertThat(encoding.quantize(Float.POSITIVE_INFINITY, 0)).isEqualTo(encoding.qmax());
    assertThat(encoding.quantize(Float.NEGATIVE_INFINITY, 0)).isEqualTo(encoding.qmin());
    float beyond = (encoding.qmax() - encoding.zeroPoint(0) + 3) * encoding.scale(0);
    assertThat(encoding.quantize(beyond, 0)).isEqualTo(encoding.qmax());
    float below = (encoding.qmin() - encoding.zeroPoint(0) - 3) * encoding.scale(0);
    assertThat(encoding.quantize(below, 0)).isEqualTo(encoding.qmin());
  }

  private static void refusesNan(Quantizer quantizer) {
    Float32Tensor values = Float32Tensor.of(new float[] {1, 2, 3, Float.NaN}, 2, 2);
    assertThatThrownBy(() -> quantizer.fit(values))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("index 3");
  }
}
