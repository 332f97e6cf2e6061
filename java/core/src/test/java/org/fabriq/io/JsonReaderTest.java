// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static Object read(String json) {
    return JsonReader.read(json, new Location("a.json", null));
  }

  @Test
  void numbersAreDoublesWhateverTheirForm() {
    assertThat(read(" [7, 1e3, 0.25E-2, 1e999, -1e999, 123456789012345678901234567890] "))
        .isEqualTo(
            List.of(
                7.0,
                1000.0,
                0.0025,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1.2345678901234568e29));
    assertThat(read("[" + (double) 0.1f + "]")).isEqualTo(List.of((double) 0.1f));
  }

  @Test
  void objectsKeepTheirOrderAndNestedValuesTheirTypes() {
    Object value = read("{\"b\": [true, null, \"\\u0041\\n\"], \"a\": {\"c\": 1}}");
    assertThat(value)
        .isEqualTo(Map.of("b", Arrays.asList(true, null, "A\n"), "a", Map.of("c", 1.0)));
    assertThat(((Map<?, ?>) value).keySet().toArray()).containsExactly("b", "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "01", "+1", "1.", ".5",
        "NaN", "nul", "\"a", "\"\\x\"", "\"\n\"", "[1 2]", "1 2", "'a'", "// c\n1", "{,}", "-",
        "1e", "\u0000"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("a.json, line");
  }

  @Test
  void errorsNameThePlace() {
    assertThatThrownBy(() -> read("{\n  \"a\": tru\n}"))
        .hasMessageContaining("line 2, column")
        .hasMessageContaining("'tru'");
    assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("64");
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
  }
}
