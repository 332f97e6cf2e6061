// SPDX-License-Identifier: Apache-2.0
package org.fabriq.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.model.ShippedModel;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedCodesTest {
  private static Int8Tensor codes(SplittableRandom random, int bits, boolean signed, int... shape) {
    Int8Tensor codes = Int8Tensor.allocate(shape);
    int least = signed ? -(1 << (bits - 1)) : 0;
    for (int i = 0; i < codes.size(); i++) {
      codes.set(i, (byte) (least + random.nextInt(1 << bits)));
    }
    return codes;
  }

  /** A row as the number sum_i (q_i mod 2^bits) * 2^(i * bits), whose bytes the packed ones are. */
  private static BigInteger number(Int8Tensor codes, int row, int run, int bits) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < run; i++) {
      int digit = codes.get(row * run + i) & (1 << bits) - 1;
      number = number.add(BigInteger.valueOf(digit).shiftLeft(i * bits));
    }
    return number;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void roundTripsAndIsTheNumberOfItsRow(int bits) {
    SplittableRandom random = Seed.random("packed " + bits);
    for (int run = 1; run <= 35; run++) {
      for (boolean signed : new boolean[] {true, false}) {
        Int8Tensor codes = codes(random, bits, signed, 3, run);
        PackedCodes packed = PackedCodes.pack(codes, bits, signed);
        assertThat(packed.unpack().toArray()).isEqualTo(codes.toArray());
        for (int row = 0; row < 3; row++) {
          BigInteger number = number(codes, row, run, bits);
          for (int i = 0; i < packed.bytes().columns(); i++) {
            byte expected = number.shiftRight(8 * i).byteValue();
            assertThat(packed.bytes().get(row, i)).isEqualTo(expected);
          }
          assertThat(number.bitLength()).isLessThanOrEqualTo(8 * packed.bytes().columns());
        }
        for (int i = 0; i < codes.size(); i++) {
          assertThat((byte) packed.get(i)).isEqualTo(codes.get(i));
        }
        PackedCodes again = PackedCodes.of(packed.bytes().rows(0, 3), bits, signed, 3, run);
        assertThat(again).isEqualTo(packed).hasSameHashCodeAs(packed);
      }
    }
  }

  @Test
  void lowNibbleIsTheLowerIndex() {
    Int8Tensor codes = Int8Tensor.of(new byte[] {1, -2, 7, -8, 0, 5}, 2, 3);
    assertThat(PackedCodes.pack(codes, 4, true).bytes().toArray())
        .containsExactly((byte) 0xe1, (byte) 0x07, (byte) 0x08, (byte) 0x05);
    Int8Tensor quarters = Int8Tensor.of(new byte[] {1, -2, -1, 0, 1}, 5);
    assertThat(PackedCodes.pack(quarters, 2, true).bytes().toArray())
        .containsExactly((byte) 0b00_11_10_01, (byte) 1);
    assertThat(PackedCodes.pack(Int8Tensor.of(new byte[] {-3}), 4, true).bytes().toArray())
        .containsExactly((byte) 0x0d);
  }

  @Test
  void rowsAreThoseOfAxisZero() {
    SplittableRandom random = Seed.random("packed convolution");
    Int8Tensor codes = codes(random, 4, true, 5, 3, 3, 3);
    PackedCodes packed = PackedCodes.pack(codes, 4, true);
    assertThat(packed.bytes().shape()).containsExactly(5, 14);
    assertThat(packed.shape()).containsExactly(5, 3, 3, 3);
    assertThat(packed.unpack().mismatches(codes)).isZero();
  }

  @Test
  void eightUnsignedBitsAreBytes() {
    PackedCodes packed = PackedCodes.pack(Int8Tensor.of(new byte[] {-1, 0, 5}, 3), 8, false);
    assertThat(packed.get(0)).isEqualTo(255);
    assertThat(packed.bytes().toArray()).containsExactly((byte) -1, (byte) 0, (byte) 5);
  }

  @Test
  void sizesInBytes() {
    Encoding int8 = Encoding.perTensor(8, true, 1, 0);
    assertThat(int8.packedBytes(12_500_000)).isEqualTo(12_500_000);
    assertThat(Encoding.perTensor(4, true, 1, 0).packedBytes(3, 5)).isEqualTo(9);
    assertThat(Encoding.perTensor(2, true, 1, 0).packedBytes(128, 784)).isEqualTo(128 * 196);
    assertThat(Encoding.perTensor(16, true, 1, 0).packedBytes(4, 3)).isEqualTo(24);
    assertThat(int8.packedBytes()).isEqualTo(1);
    assertThatThrownBy(() -> int8.packedBytes(3, 0)).isInstanceOf(ShapeException.class);
  }

  @Test
  void weightsOfMnist() {
    for (String name : ShippedModel.MNIST.network().weightedLayers()) {
      WeightedLayer layer = ShippedModel.MNIST.network().weightedLayer(name);
      for (int bits : new int[] {2, 3, 4, 8}) {
        QuantizedTensor weight =
            QuantizerSpec.parse("per-channel:" + bits).quantize(layer.weight());
        PackedCodes packed = weight.pack();
        assertThat(packed.bytes().size())
            .isEqualTo((int) weight.encoding().packedBytes(layer.weight().shape()))
            .isEqualTo(layer.outputs() * (layer.weight().columns() * bits / 8));
        assertThat(packed.unpack().mismatches(weight.codes())).isZero();
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Int8Tensor codes = Int8Tensor.of(new byte[] {0, 7, 8}, 3);
    assertThatThrownBy(() -> PackedCodes.pack(codes, 4, true))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("code 8 at index 2");
    assertThatThrownBy(() -> PackedCodes.pack(codes, 3, false)).hasMessageContaining("code 8");
    assertThatThrownBy(() -> PackedCodes.pack(Int8Tensor.of(new byte[] {-1}), 4, false))
        .hasMessageContaining("code -1");
    assertThatThrownBy(() -> PackedCodes.pack(codes, 0, true)).hasMessageContaining("0 bits");
    assertThatThrownBy(() -> PackedCodes.pack(codes, 9, true)).hasMessageContaining("9 bits");
    PackedCodes packed = PackedCodes.pack(codes, 5, true);
    assertThatThrownBy(() -> packed.unpack(Int8Tensor.allocate(1, 3)))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> packed.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> PackedCodes.of(Int8Tensor.allocate(1, 3), 5, true, 3))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("[1, 2]");
    Int8Tensor padded = Int8Tensor.of(new byte[] {0, (byte) 0x80}, 1, 2);
    assertThatThrownBy(() -> PackedCodes.of(padded, 5, true, 3))
        .hasMessageContaining("0x80")
        .hasMessageContaining("1 unused bits");
  }
}
