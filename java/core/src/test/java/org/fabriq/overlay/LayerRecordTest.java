// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;

/** Records hold each field at its bits, and say what does not fit. */
class LayerRecordTest {
  @Test
  void fieldsDoNotTouchEachOther() {
    SplittableRandom random = Seed.random("layer record");
    LayerRecord record = new LayerRecord();
    Map<String, Integer> values = new LinkedHashMap<>();
    for (RecordField field : RecordLayout.NETWORK_I8.fields()) {
      if (field.bits() <= 17) {
        values.put(field.name(), random.nextInt(1 << field.bits()));
      }
    }
    values.forEach(record::set);
    values.remove("version");
    values.remove("check");
    LayerRecord read = LayerRecord.read(record.pack(), 0);
    values.forEach((name, value) -> assertThat(read.get(name)).as(name).isEqualTo(value));
  }

  @Test
  void firstFieldsAreLowest() {
    LayerRecord record = new LayerRecord().set("kind", 2).set("folds_log2", 1).set("in_base", 5);
    byte[] bytes = record.pack();
    assertThat(bytes).hasSize(64);
    assertThat(bytes[0]).isEqualTo((byte) (2 | 1 << 2));
    assertThat(bytes[1]).isEqualTo((byte) (5 << 4));
    int sum = 0;
    for (byte each : bytes) {
      sum += each;
    }
    assertThat(sum & 255).isEqualTo(0x5a);
  }

  @Test
  void negativeNumbersAreTwosComplement() {
    LayerRecord record = new LayerRecord().set("x_start", -3).set("zero_out", -128);
    assertThat(record.get("x_start")).isEqualTo(253);
    assertThat(record.signed("x_start")).isEqualTo(-3);
    assertThat(record.signed("zero_out")).isEqualTo(-128);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThatThrownBy(() -> new LayerRecord().set("kernel_width", 64))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("kernel_width 64, limit 63");
    assertThatThrownBy(() -> new LayerRecord().set("width", 1))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("no field width");
  }

  @Test
  void changedBytesAreRefused() {
    byte[] bytes = new LayerRecord().set("in_width", 28).pack();
    bytes[7] ^= 4;
    assertThatThrownBy(() -> LayerRecord.read(bytes, 0))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("add up");
  }

  @Test
  void fieldsMustFillTheRecord() {
    String text = "{\"bytes\": 2, \"fields\": [{\"name\": \"a\", \"bits\": 9}]}";
    assertThatThrownBy(() -> RecordLayout.parse(text, "record"))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("9 bits");
  }
}
