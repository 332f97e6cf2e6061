// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JSON text (RFC 8259, ASCII) of Map, List, int[], String, Number and Boolean, in the order of the
 * maps: the same values give the same text. Maps and lists that hold a map get a line per member,
 * others are written in one line. Doubles are written so that they are read back exactly.
 */
final class JsonText {
  private JsonText() {}

  static String of(Object value) {
    return text(value, "") + "\n";
  }

  /** In one line, whole numbers without a point: as a person reads it in an error. */
  static String inLine(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(member -> member.getKey() + ": " + inLine(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(JsonText::inLine).collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof Double number && number == number.longValue()
        ? "" + number.longValue()
        : String.valueOf(value);
  }

  private static String text(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      boolean flat = map.values().stream().noneMatch(JsonText::nests) && !indent.isEmpty();
      List<String> members =
          map.entrySet().stream()
              .map(m -> quoted((String) m.getKey()) + ": " + text(m.getValue(), indent + "  "))
              .toList();
      return enclosed("{", members, "}", flat, indent);
    }
    if (value instanceof List<?> list) {
      boolean flat = list.stream().noneMatch(Map.class::isInstance);
      List<String> elements = list.stream().map(e -> text(e, indent + "  ")).toList();
      return enclosed("[", elements, "]", flat, indent);
    }
    if (value instanceof int[] integers) {
      return IntStream.of(integers)
          .mapToObj(String::valueOf)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof String string) {
      return quoted(string);
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())
        || value instanceof Boolean) {
      return value.toString();
    }
    throw new IllegalArgumentException("no JSON for " + value);
  }

  private static boolean nests(Object value) {
    return value instanceof Map
        || value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance);
  }

  private static String enclosed(
      String open, List<String> parts, String close, boolean flat, String indent) {
    if (flat || parts.isEmpty()) {
      return open + String.join(", ", parts) + close;
    }
    String inner = "\n" + indent + "  ";
    return open + inner + String.join("," + inner, parts) + "\n" + indent + close;
  }

  /** A string in quotes. */
  static String quoted(String string) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : string.toCharArray()) {
      boolean plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
      json.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return json.append('"').toString();
  }
}
