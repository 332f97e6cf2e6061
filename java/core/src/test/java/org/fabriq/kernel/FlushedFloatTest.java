// SPDX-License-Identifier: Apache-2.0
package org.fabriq.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.fabriq.testing.Seed;
import org.fabriq.testing.SpecialFloats;
import org.junit.jupiter.api.Test;

class FlushedFloatTest {
  @Test
  void subnormalsBecomeZerosOfTheirSign() {
    assertBits(FlushedFloat.flush(Float.MIN_VALUE), 0f);
    assertBits(FlushedFloat.flush(-0x1.fffffcp-127f), -0f);
    assertBits(FlushedFloat.flush(Float.MIN_NORMAL), Float.MIN_NORMAL);
    assertBits(FlushedFloat.flush(-0f), -0f);
    assertBits(FlushedFloat.add(Float.MIN_VALUE, 1f), 1f);
    assertBits(FlushedFloat.add(0x1.8p-126f, -Float.MIN_NORMAL), 0f);
    assertBits(FlushedFloat.add(-0x1.8p-126f, Float.MIN_NORMAL), -0f);
    assertBits(FlushedFloat.multiply(-0x1p-100f, 0x1p-100f), -0f);
    assertBits(FlushedFloat.multiply(0x1.fp-127f, 0x1p100f), 0f);
  }

  @Test
  void tininessIsDetectedAfterRounding() {
    assertBits(FlushedFloat.multiply(0x1.000002p-63f, 0x1.fffffcp-64f), Float.MIN_NORMAL);
    assertBits(FlushedFloat.multiply(0x1.fffffep-64f, 0x1p-63f), 0f);
    assertBits(FlushedFloat.multiply(-0x1.fffffep-64f, 0x1p-63f), -0f);
    float tieA = 31 * 0x1p-60f;
    float tieB = 1082401 * 0x1p-91f;
    assertThat((double) tieA * tieB).isEqualTo(0x1.ffffffp-127);
    assertBits(FlushedFloat.multiply(tieA, tieB), Float.MIN_NORMAL);
    assertBits(FlushedFloat.multiply(-tieA, tieB), -Float.MIN_NORMAL);
  }

  @Test
  void equalsWideArithmetic() {
    SplittableRandom random = Seed.random("flushed arithmetic");
    float[] special = SpecialFloats.all();
    for (int i = 0; i < 300_000; i++) {
      float x = i % 9 == 0 ? special[random.nextInt(special.length)] : draw(random);
      float y = i % 7 == 0 ? special[random.nextInt(special.length)] : draw(random);
      assertThat(FlushedFloat.multiply(x, y)).as("%a * %a", x, y).isEqualTo((Float) product(x, y));
      assertThat(FlushedFloat.add(x, y)).as("%a + %a", x, y).isEqualTo((Float) sum(x, y));
    }
  }

  private static float draw(SplittableRandom random) {
    float magnitude = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, random.nextInt(-75, -50));
    return random.nextBoolean() ? magnitude : -magnitude;
  }

  /** Rounds the significands' product where the exponent cannot matter, then places it. */
  private static float product(float x, float y) {
    float a = FlushedFloat.flush(x);
    float b = FlushedFloat.flush(y);
    if (a == 0 || b == 0 || !Float.isFinite(a) || !Float.isFinite(b)) {
      return a * b;
    }
    int exponent = Math.getExponent(a) + Math.getExponent(b);
    float rounded = Math.scalb(a, -Math.getExponent(a)) * Math.scalb(b, -Math.getExponent(b));
    boolean tiny = exponent + Math.getExponent(rounded) < Float.MIN_EXPONENT;
    return tiny ? Math.copySign(0f, rounded) : Math.scalb(rounded, exponent);
  }

  private static float sum(float x, float y) {
    float a = FlushedFloat.flush(x);
    float b = FlushedFloat.flush(y);
    if (!Float.isFinite(a) || !Float.isFinite(b) || a + b == 0) {
      return a + b;
    }
    float rounded = new BigDecimal(a).add(new BigDecimal(b)).floatValue();
    return Math.abs(rounded) < Float.MIN_NORMAL ? Math.copySign(0f, rounded) : rounded;
  }

  private static void assertBits(float actual, float expected) {
    assertThat(Float.floatToIntBits(actual)).isEqualTo(Float.floatToIntBits(expected));
  }
}
