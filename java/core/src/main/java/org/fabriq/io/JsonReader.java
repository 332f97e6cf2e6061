// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

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
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");
  private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\x00-\\x1f]++");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private final Location where;
  private int at;
  private int depth;

  private JsonReader(String text, Location where) {
    this.text = text;
    this.where = where;
  }

  /**
   * The value that a text is.
   *
   * @throws FileFormatException if it is no JSON, with the place
   */
  static Object read(String text, Location where) {
    JsonReader reader = new JsonReader(text, where);
    Object value = reader.value();
    if (reader.next() != 0) {
      throw reader.expected("the end of the text");
    }
    return value;
  }

  private Object value() {
    char first = next();
    return switch (first) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    enter();
    while (next() != '}' || !object.isEmpty()) {
      if (next() != '"') {
        throw expected("a name in quotes");
      }
      int start = at;
      String name = string();
      if (object.containsKey(name)) {
        at = start;
        throw expected("a name that is not in the object yet");
      }
      take(':');
      object.put(name, value());
      if (!more('}')) {
        break;
      }
    }
    leave('}');
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    enter();
    while (next() != ']' || !array.isEmpty()) {
      array.add(value());
      if (!more(']')) {
        break;
      }
    }
    leave(']');
    return array;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw expected("at most " + MAX_DEPTH + " levels");
    }
    at++;
  }

  private boolean more(char end) {
    if (next() != end) {
      take(',');
      return true;
    }
    return false;
  }

  private void leave(char end) {
    take(end);
    depth--;
  }

  private void take(char wanted) {
    if (next() != wanted) {
      throw expected("'" + wanted + "'");
    }
    at++;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw expected(word);
    }
    at += word.length();
    return value;
  }

  private Double number() {
    return Double.valueOf(match(NUMBER, "a value"));
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
        string.append(escape());
      } else {
        string.append(match(PLAIN, "no control character in a string"));
      }
    }
    if (at == text.length()) {
      throw expected("a quote that ends the string");
    }
    at++;
    return string.toString();
  }

  private char escape() {
    int kind = at < text.length() ? ESCAPES.indexOf(text.charAt(at)) : -1;
    if (kind >= 0) {
      at++;
      return ESCAPED.charAt(kind);
    }
    if (!text.startsWith("u", at)) {
      throw expected("an escape, one of " + ESCAPES + "u");
    }
    at++;
    return (char) Integer.parseInt(match(HEX, "4 hexadecimal digits"), 16);
  }

  private String match(Pattern pattern, String what) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw expected(what);
    }
    at = matcher.end();
    return matcher.group();
  }

  /** The next character that is no space, 0 at the end; goes there. */
  private char next() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private FileFormatException expected(String what) {
    long line = text.substring(0, at).lines().count();
    String found =
        at == text.length()
            ? "the end"
            : text.substring(at, Math.min(at + 20, text.length())).lines().findFirst().orElse("");
    return where.error(
        "character %d, line %d".formatted(at, Math.max(1, line)), found, what, "repair the JSON");
  }
}
