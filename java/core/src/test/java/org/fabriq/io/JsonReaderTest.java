// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.fabriq.FileFormatException;
import org.fabriq.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final Location WHERE = new Location("a.json", null);
  private static final ObjectMapper JACKSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private static Object read(String json) {
    return JsonReader.read(json, WHERE);
  }

  /** Numbers as Double, with one zero, for Jackson reads -0 as an int; the rest as it is. */
  private static Object plain(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() + 0.0;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(plain(element)));
      return copy;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((name, element) -> copy.put(name, plain(element)));
      return copy;
    }
    return value;
  }

  private static Object random(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 6)) {
      case 0 -> Math.scalb(random.nextDouble(-1, 1), random.nextInt(-60, 60));
      case 1 -> random.nextInt(-1000, 1000);
      case 2 -> random.nextBoolean() ? (Boolean) random.nextBoolean() : null;
      case 3 -> string(random);
      case 4 -> {
        List<Object> list = new ArrayList<>();
        random.ints(random.nextInt(4)).forEach(i -> list.add(random(random, depth + 1)));
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        random.ints(random.nextInt(4)).forEach(i -> map.put(string(random), random(random, depth)));
        yield map;
      }
    };
  }

  private static String string(SplittableRandom random) {
    StringBuilder string = new StringBuilder();
    String characters = "ab\"\\/\b\f\n\r\t\u0001\u00e9\u4e2d\ud83d\ude00 {}[],:";
    random
        .ints(random.nextInt(6), 0, characters.length())
        .filter(i -> !Character.isSurrogate(characters.charAt(i)))
        .forEach(i -> string.append(characters.charAt(i)));
    return string.toString();
  }

  @Test
  void readsWhatJacksonWrites() throws JsonProcessingException {
    SplittableRandom random = Seed.random("json");
    for (int i = 0; i < 3000; i++) {
      Object value = random(random, 0);
      String compact = JACKSON.writeValueAsString(value);
      String pretty = JACKSON.writerWithDefaultPrettyPrinter().writeValueAsString(value);
      assertThat(plain(read(compact))).as(compact).isEqualTo(plain(value));
      assertThat(plain(read(pretty))).isEqualTo(plain(value));
    }
  }

  @Test
  void acceptsAndRefusesAsJacksonDoes() throws JsonProcessingException {
    SplittableRandom random = Seed.random("broken json");
    String alphabet = "{}[]\",:\\ue0123456789+-.Etrufalsn \n\u0001";
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      StringBuilder json =
          new StringBuilder(JACKSON.writeValueAsString(Arrays.asList(random(random, 2), 1.5)));
      int at = random.nextInt(json.length());
      char other = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(3)) {
        case 0 -> json.setCharAt(at, other);
        case 1 -> json.insert(at, other);
        default -> json.deleteCharAt(at);
      }
      String text = json.toString();
      try {
        Object expected = plain(JACKSON.readValue(text, Object.class));
        assertThat(plain(read(text))).as(text).isEqualTo(expected);
      } catch (JsonProcessingException e) {
        refused++;
        assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(FileFormatException.class);
      }
    }
    assertThat(refused).isBetween(2_000, 9_900);
  }

  @Test
  void escapesAndNumbers() {
    assertThat(read("\"\\u0041\\n\\\"\\\\\\/\\ud83d\\ude00\"")).isEqualTo("A\n\"\\/\ud83d\ude00");
    assertThat(read(" [-0, 1e3, 0.25E-2, 1e999] "))
        .isEqualTo(List.of(-0.0, 1000.0, 0.0025, Double.POSITIVE_INFINITY));
    assertThat(read("[" + (double) 0.1f + "]")).isEqualTo(List.of((double) 0.1f));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{a:1}", "01", "+1", "1.", ".5",
        "NaN", "nul", "\"a", "\"\\x\"", "\"\\u12\"", "\"\n\"", "[1 2]", "1 2", "'a'", "// c\n1",
            "\\",
        "\"\\", "{,}", "[,]", "{\"a\"}", "-", "1e", "\u0000"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("a.json, character");
  }

  @Test
  void errorsNameThePlace() {
    assertThatThrownBy(() -> read("{\n  \"a\": tru\n}"))
        .hasMessageContaining("character 9, line 2")
        .hasMessageContaining("tru found, true expected");
    assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("64 levels");
    assertThat(read("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
  }
}
