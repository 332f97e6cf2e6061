// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels along any axis: each slice is quantized as a tensor of its own. */
class ChannelAxisTest {
  private static final List<int[]> SHAPES =
      List.of(
          new int[] {5},
          new int[] {3, 4},
          new int[] {4, 1},
          new int[] {1, 40},
          new int[] {2, 3, 40},
          new int[] {3, 2, 1, 4},
          new int[] {2, 3, 4, 2});

  private final SplittableRandom random = Seed.random("ChannelAxisTest");

  private Float32Tensor random(int... shape) {
    Float32Tensor values = Float32Tensor.allocate(shape);
    for (int i = 0; i < values.size(); i++) {
      values.set(i, (float) random.nextDouble(-2, 3) * (1 + i % 7));
    }
    return values;
  }

  /** The places of the elements with an index along an axis, in order: the reference. */
  private static List<Integer> places(int[] shape, int axis, int index) {
    List<Integer> places = new ArrayList<>();
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    for (int i = 0; i < size; i++) {
      int rest = i;
      int own = 0;
      for (int at = shape.length - 1; at >= 0; at--) {
        own = at == axis ? rest % shape[at] : own;
        rest /= shape[at];
      }
      if (own == index) {
        places.add(i);
      }
    }
    return places;
  }

  private static Float32Tensor slice(Float32Tensor values, int axis, List<Integer> places) {
    int[] shape = values.shape();
    shape[axis] = 1;
    Float32Tensor slice = Float32Tensor.allocate(shape);
    for (int i = 0; i < places.size(); i++) {
      slice.set(i, values.get(places.get(i)));
    }
    return slice;
  }

  @ParameterizedTest
  @MethodSource("org.fabriq.quant.QuantizerContractTest#ofWholeTensors")
  void everySliceIsATensorOfItsOwn(String spec) {
    Quantizer perTensor = QuantizerSpec.parse(spec);
    for (int[] shape : SHAPES) {
      Float32Tensor values = random(shape);
      for (int given = -shape.length; given < shape.length; given++) {
        int axis = given < 0 ? given + shape.length : given;
        Quantizer quantizer = QuantizerSpec.parse("per-channel:" + spec + ",axis=" + given);
        assertThat(quantizer).isEqualTo(new PerChannelQuantizer(perTensor, given));
        check(quantizer.fit(values), perTensor, values, axis);
      }
    }
  }

  private static void check(
      Encoding encoding, Quantizer perTensor, Float32Tensor values, int axis) {
    Int8Tensor codes = encoding.quantize(values);
    Float32Tensor back = encoding.dequantize(codes);
    assertThat(encoding.scales()).hasSize(values.dimension(axis));
    assertThat(encoding.axis()).isEqualTo(values.dimension(axis) == 1 ? 0 : axis);
    for (int channel = 0; channel < values.dimension(axis); channel++) {
      List<Integer> places = places(values.shape(), axis, channel);
      Float32Tensor slice = slice(values, axis, places);
      Encoding own = perTensor.fit(slice);
      Int8Tensor expected = own.quantize(slice);
      assertThat(encoding.scale(channel)).isEqualTo(own.scale(0));
      assertThat(encoding.zeroPoint(channel)).isEqualTo(own.zeroPoint(0));
      for (int i = 0; i < places.size(); i++) {
        int place = places.get(i);
        int code = expected.get(i);
        assertThat(encoding.channel(values, place)).isEqualTo(channel);
        assertThat(codes.get(place)).isEqualTo((byte) code);
        assertThat(back.get(place)).isEqualTo(own.dequantize(code, 0));
      }
    }
    QuantizedTensor tensor = new QuantizedTensor(codes, encoding);
    assertThat(tensor.pack())
        .isEqualTo(PackedCodes.pack(codes, encoding.bits(), encoding.signed()));
    assertThat(tensor.pack().unpack().toArray()).isEqualTo(codes.toArray());
  }

  @Test
  void channelsOfActivationsMayBeTheLastAxis() {
    Quantizer quantizer = QuantizerSpec.parse("per-channel:affine:8,axis=-1");
    Float32Tensor values = random(6, 3);
    EncodingObserver observer = quantizer.observer();
    observer.observe(values.rows(0, 2));
    observer.observe(values.rows(2, 6));
    assertThat(observer.encoding()).isEqualTo(quantizer.fit(values));
    assertThatThrownBy(() -> observer.observe(random(2, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("float32[2, 4] after a batch of 3 channels; axis 1");
    assertThatThrownBy(() -> observer.observe(random(2, 2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("axis 1");
  }

  @Test
  void anEncodingCountsFromTheEndToo() {
    Encoding last = new Encoding(8, true, false, new float[] {0.5f, 2f}, new int[] {0, 1}, -1);
    Float32Tensor values = Float32Tensor.of(new float[] {1, -4, 3, 2}, 2, 2);
    assertThat(last.quantize(values).toArray()).containsExactly(2, -1, 6, 2);
    assertThat(last.withAxis(1).quantize(values).toArray()).containsExactly(2, -1, 6, 2);
    assertThat(last.withAxis(0).quantize(values).toArray()).containsExactly(2, -8, 3, 2);
    assertThat(last).isNotEqualTo(last.withAxis(1));
    assertThat(last.toString()).endsWith(", axis -1]");
    assertThat(last.withAxis(0).toString()).doesNotContain("axis");
  }

  @Test
  void oneChannelIsATensorOfOneScale() {
    Float32Tensor column = random(4, 1);
    Encoding encoding = QuantizerSpec.parse("per-channel:8,axis=1").fit(column);
    assertThat(encoding).isEqualTo(QuantizerSpec.parse("symmetric:8").fit(column));
    QuantizedTensor tensor = new QuantizedTensor(encoding.quantize(column), encoding);
    assertThat(tensor.matrix().encoding()).isEqualTo(encoding);
  }

  @Test
  void aMatrixForKernelsHasItsScalesAlongTheOutputs() {
    Float32Tensor values = random(4, 3, 2, 2);
    QuantizedTensor outputs = QuantizerSpec.parse("per-channel:8").quantize(values);
    assertThat(outputs.matrix().codes().shape()).containsExactly(4, 12);
    assertThat(outputs.matrix().dequantize().toArray()).isEqualTo(outputs.dequantize().toArray());
    QuantizedTensor inputs = QuantizerSpec.parse("per-channel:8,axis=1").quantize(values);
    assertThatThrownBy(inputs::matrix)
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("3 scales of weights int8[4, 3, 2, 2] along axis 1")
        .hasMessageContaining("cannot be taken out of a sum")
        .hasMessageContaining("quantize along axis 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | axis 2 of float32[2, 3], which has 2; give one of -2 to 1",
        "-3 | axis -3 of float32[2, 3], which has 2; give one of -2 to 1",
      })
  void tensorsWithoutTheAxisAreRefused(int axis, String message) {
    Float32Tensor values = random(2, 3);
    Quantizer quantizer = new PerChannelQuantizer(new SymmetricQuantizer(8), axis);
    Encoding encoding = new Encoding(8, true, false, new float[] {1, 2}, new int[2], axis);
    assertThatThrownBy(() -> quantizer.fit(values))
        .isInstanceOf(ShapeException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> quantizer.observer().observe(values)).hasMessage(message);
    assertThatThrownBy(() -> encoding.quantize(values)).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"8", "-9"})
  void axesThatNoTensorHasAreRefused(int axis) {
    String message = "axis %d; give one of -8 to 7".formatted(axis);
    assertThatThrownBy(() -> QuantizerSpec.parse("per-channel:8,axis=" + axis))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining(message);
    Encoding encoding = Encoding.perTensor(8, true, 1, 0);
    assertThat(encoding.withAxis(axis)).isEqualTo(encoding);
    assertThatThrownBy(() -> new Encoding(8, true, false, new float[] {1, 2}, new int[2], axis))
        .hasMessageContaining(message);
  }
}
