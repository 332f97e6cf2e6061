// SPDX-License-Identifier: Apache-2.0
package org.fabriq.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.fabriq.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  @ParameterizedTest
  @EnumSource(DataType.class)
  void startsAsDirectLittleEndianZeros(DataType type) {
    Tensor tensor = Tensor.allocate(type, 3, 5);
    assertThat(tensor.type()).isEqualTo(type);
    assertThat(tensor.memory().isDirect()).isTrue();
    assertThat(tensor.memory().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(tensor.memory().limit()).isEqualTo(15 * type.bytes());
    assertThat(tensor.memory().alignmentOffset(0, 64)).isZero();
    assertThat(tensor.memory()).isSameAs(tensor.memory());
    assertThat(tensor.mismatches(Tensor.allocate(type, 3, 5))).isZero();
    assertThat(tensor).hasToString(type + "[3, 5]");
  }

  @Test
  void isRowMajor() {
    Float32Tensor tensor = Float32Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
    assertThat(tensor.get(1, 0)).isEqualTo(3);
    assertThat(tensor.get(2)).isEqualTo(2);
    assertThat(tensor.memory().getFloat(16)).isEqualTo(4);
    tensor.set(1, 2, 9);
    assertThat(tensor.get(5)).isEqualTo(9);
    assertThat(tensor.transpose().toArray()).containsExactly(0, 3, 1, 4, 2, 9);
    assertThat(tensor.transpose().shape()).containsExactly(3, 2);
    assertThat(tensor.shape()).containsExactly(2, 3);
  }

  @ParameterizedTest
  @EnumSource(DataType.class)
  void rowsShareMemory(DataType type) {
    Tensor whole = Tensor.allocate(type, 5, 2, 3);
    Tensor part = whole.rows(1, 3);
    assertThat(part.shape()).containsExactly(2, 2, 3);
    part.memory().put(0, (byte) 7);
    assertThat(whole.memory().get(6 * type.bytes())).isEqualTo((byte) 7);
    assertThat(part.memory().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThatThrownBy(() -> whole.rows(3, 6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> whole.rows(2, 2)).isInstanceOf(ShapeException.class);
  }

  @Test
  void integersKeepTheirExtremes() {
    Int32Tensor ints = Int32Tensor.of(new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}, 1, 2);
    assertThat(ints.transpose().toArray()).containsExactly(Integer.MIN_VALUE, Integer.MAX_VALUE);
    assertThat(ints.get(0, 0)).isEqualTo(Integer.MIN_VALUE);
    Int8Tensor codes = Int8Tensor.of(new byte[] {-128, 127}, 2, 1);
    codes.set(1, 0, (byte) -1);
    assertThat(codes.transpose().toArray()).containsExactly(-128, -1);
  }

  @Test
  void comparesFloatsByBits() {
    Float32Tensor a = Float32Tensor.of(new float[] {0f, Float.NaN, 1}, 3);
    Float32Tensor b = Float32Tensor.of(new float[] {-0f, Float.intBitsToFloat(0xffc00001), 1}, 3);
    assertThat(a.mismatches(b)).isEqualTo(1);
    assertThatThrownBy(() -> a.mismatches(Int32Tensor.allocate(3)))
        .isInstanceOf(ShapeException.class);
  }

  @Test
  void allowsScalars() {
    Float32Tensor scalar = Float32Tensor.of(new float[] {2.5f});
    assertThat(scalar.rank()).isZero();
    assertThat(scalar.size()).isEqualTo(1);
    assertThat(scalar.get(0)).isEqualTo(2.5f);
    assertThatThrownBy(() -> scalar.rows(0, 1)).isInstanceOf(ShapeException.class);
  }

  @Test
  void refusesImpossibleShapes() {
    assertThatThrownBy(() -> Float32Tensor.allocate(2, 0)).hasMessageContaining("[2, 0]");
    assertThatThrownBy(() -> Float32Tensor.allocate(-1)).isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Float32Tensor.allocate(1 << 15, 1 << 14))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("2,147,483,647");
    assertThatThrownBy(() -> Int8Tensor.allocate(1 << 30, 1 << 30, 1 << 30, 1 << 30))
        .isInstanceOf(ShapeException.class);
    assertThatThrownBy(() -> Int8Tensor.allocate(1, 1, 1, 1, 1, 1, 1, 1, 1))
        .hasMessageContaining("9 dimensions");
    assertThatThrownBy(() -> Float32Tensor.of(new float[3], 2, 2))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("3 values");
    assertThatThrownBy(() -> Float32Tensor.allocate(4).rows())
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("rank 1");
  }

  @Test
  void refusesIndicesOutOfRange() {
    Float32Tensor tensor = Float32Tensor.allocate(2, 3);
    assertThatThrownBy(() -> tensor.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.set(2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.get(6)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tensor.dimension(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anotherShapeSharesTheMemory() {
    for (DataType type : DataType.values()) {
      Tensor whole = Tensor.allocate(type, 2, 6);
      Tensor view = whole.reshape(3, 2, 2);
      view.memory().put(0, (byte) 7);
      assertThat(whole.memory().get(0)).isEqualTo((byte) 7);
      assertThat(view.shape()).containsExactly(3, 2, 2);
      assertThat(view.type()).isEqualTo(type);
      assertThatThrownBy(() -> whole.reshape(3, 3))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("[2, 6]")
          .hasMessageContaining("[3, 3]");
    }
  }
}
