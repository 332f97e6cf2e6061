// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabriq.FileFormatException;

/**
 * JSON text (RFC 8259) as objects: Map in the order of the text, List, String, Double (nearest,
 * half-even; beyond its range infinite), Boolean and null. Nothing but RFC 8259 is taken: no
 * comments, no trailing commas, no NaN. A name that comes twice in an object is an error, and so
 * are more than 64 levels.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 64;

  /** What Jackson quotes of the text, as {@code 'tru'}. */
  private static final Pattern QUOTED = Pattern.compile("'[^']{1,40}'");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonReader() {}

  /**
   * The value that a text is.
   *
   * @throws FileFormatException if it is no JSON, with the place
   */
  static Object read(String text, Location where) {
    try {
      return plain(MAPPER.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
      String place = "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
      throw where.error(place, found(e), "JSON", "repair it, or write the file again");
    }
  }

  /**
   * What stands where JSON should, in words.
   *
   * @param e what the parser says, in terms of Java
   */
  private static String found(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message.startsWith("Duplicate")) {
      return "a name for the second time";
    }
    if (message.contains("nesting depth")) {
      return "brackets more than %d deep".formatted(MAX_DEPTH);
    }
    Matcher quoted = QUOTED.matcher(message);
    if (quoted.find()) {
      return quoted.group();
    }
    return message.startsWith("Unexpected end") ? "the end of the text" : "something else";
  }

  /** Every number a double. */
  private static Object plain(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain(element)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((name, element) -> plain.put((String) name, plain(element)));
      return plain;
    }
    return value;
  }
}
