// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.PerChannelQuantizer;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.SymmetricQuantizer;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeWidthTest {
  @ParameterizedTest
  @CsvSource({
    "1, true, INT2", "2, true, INT2", "3, true, INT4", "4, true, INT4", "5, true, INT8",
    "8, true, INT8", "1, false, INT2", "2, false, INT4", "3, false, INT4", "4, false, INT8",
    "7, false, INT8"
  })
  void isTheLeastThatHoldsEveryCode(int bits, boolean signed, CodeWidth expected) {
    Encoding encoding = Encoding.perTensor(bits, signed, 0.5f, 0);
    CodeWidth width = CodeWidth.of(encoding);
    assertThat(width).isEqualTo(expected);
    assertThat(width.least()).isLessThanOrEqualTo(encoding.qmin());
    assertThat(width.greatest()).isGreaterThanOrEqualTo(encoding.qmax());
  }

  @Test
  void codesOfOver8BitsHaveNone() {
    assertThatThrownBy(() -> CodeWidth.of(Encoding.perTensor(8, false, 1, 0)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("9 bits, limit 8");
  }

  @Test
  void weightsOfALayerArePackedByTheirEncoding() {
    Float32Tensor layer =
        Float32Tensor.of(new float[] {7, -7, 1, 0, 2, -3, 14, 6, -14, 2, 4, -2, 1, 1, 1}, 3, 5);
    QuantizedTensor w = new PerChannelQuantizer(new SymmetricQuantizer(4)).quantize(layer);
    WeightsF32I8 weights = WeightsF32I8.ofLayer(w, null);
    assertThat(weights.bitsOfB()).isEqualTo(4);
    assertThat(weights.b().shape()).containsExactly(5, 3);
    assertThat(weights.packedB().shape()).containsExactly(5, 2);
    for (int k = 0; k < 5; k++) {
      int low = weights.b().get(k, 0) & 15;
      int high = weights.b().get(k, 1) & 15;
      assertThat(weights.packedB().get(k, 0) & 0xff).isEqualTo(low + 16 * high);
      assertThat(weights.packedB().get(k, 1) & 0xff).isEqualTo(weights.b().get(k, 2) & 15);
    }
    WeightsI8I8 integers = WeightsI8I8.rawOfLayer(w, Encoding.perTensor(8, true, 1, 0), null);
    assertThat(integers.packedB().mismatches(weights.packedB())).isZero();
    QuantizedTensor wide = new PerChannelQuantizer(new SymmetricQuantizer(5)).quantize(layer);
    assertThat(WeightsF32I8.ofLayer(wide, null).packedB().shape()).containsExactly(5, 3);
  }

  @Test
  void codesOutsideTheWidthAreNamed() {
    Int8Tensor b = Int8Tensor.of(new byte[] {1, -2, 0, -3, 0, 0}, 2, 3);
    float[] ones = {1, 1, 1};
    assertThatThrownBy(() -> new WeightsF32I8(b, CodeWidth.INT2, ones, null, null))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage("code -3 at (1, 0) of B, limit -2 to 1 in 2 bits; quantize to 2 bits or use 4");
    assertThat(new WeightsF32I8(b, CodeWidth.INT4, ones, null, null).bitsOfB()).isEqualTo(4);
  }
}
