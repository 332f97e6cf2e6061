// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.Codebook;
import org.fabriq.quant.Encoding;

/** Reads what {@link EncodingsFile} describes. */
final class EncodingsReader {
  private static final String REMEDY = "write the file again, with AIMET 0.6.1 or FabriQ";

  private final Location where;

  private EncodingsReader(Location where) {
    this.where = where;
  }

  static EncodingsFile read(String json, Location where) {
    return read(JsonReader.read(json, where), where);
  }

  static EncodingsFile read(Object json, Location where) {
    return new EncodingsReader(where).file(json);
  }

  private EncodingsFile file(Object json) {
    Map<?, ?> file = object(json, "the file");
    Object version = file.get("version");
    if (!"0.6.1".equals(version)) {
      throw wrong("version", version, "\"0.6.1\"");
    }
    boolean own = file.containsKey("fabriq");
    Map<?, ?> fabriq = own ? object(file.get("fabriq"), "fabriq") : Map.of();
    return new EncodingsFile(
        encodings(file, "activation", fabriq),
        encodings(file, "param", fabriq),
        codebooks(fabriq, "param_codebooks"),
        own ? activationFunction(fabriq) : null);
  }

  private String activationFunction(Map<?, ?> fabriq) {
    int schema = integer(fabriq, "schema", "fabriq");
    if (schema < 1 || schema > EncodingsFile.SCHEMA) {
      throw wrong("fabriq.schema", schema, "1 to " + EncodingsFile.SCHEMA);
    }
    if (schema == 1) {
      return "tanh";
    }
    Object word = fabriq.get("activation_function");
    if (word != null && !(word instanceof String)) {
      throw wrong("fabriq.activation_function", word, "a word, as \"relu\"");
    }
    return (String) word;
  }

  private Map<String, Codebook> codebooks(Map<?, ?> fabriq, String key) {
    Map<String, Codebook> codebooks = new TreeMap<>();
    members(fabriq, key)
        .forEach((name, json) -> codebooks.put((String) name, codebook(json, key + "." + name)));
    return codebooks;
  }

  private Codebook codebook(Object json, String place) {
    if (!(json instanceof List<?> list) || !list.stream().allMatch(Double.class::isInstance)) {
      throw wrong(place, json, "a list of numbers");
    }
    float[] centroids = new float[list.size()];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = ((Double) list.get(i)).floatValue();
    }
    try {
      return new Codebook(Integer.numberOfTrailingZeros(centroids.length), centroids);
    } catch (InvalidArgumentException e) {
      throw wrong(place, e.getMessage(), "2 to 256 finite centroids, a power of two");
    }
  }

  private Map<String, Encoding> encodings(Map<?, ?> file, String kind, Map<?, ?> fabriq) {
    String key = kind + "_encodings";
    Map<String, Encoding> encodings = new TreeMap<>();
    Map<?, ?> codes = members(fabriq, kind + "_codes");
    Map<?, ?> axes = members(fabriq, kind + "_axes");
    object(file.get(key), key)
        .forEach(
            (name, json) -> {
              String place = key + "." + name;
              int axis = axes.containsKey(name) ? integer(axes, name, kind + "_axes") : 0;
              encodings.put((String) name, encoding(json, codes.get(name), axis, place));
            });
    return encodings;
  }

  private Map<?, ?> members(Map<?, ?> fabriq, String key) {
    return fabriq.containsKey(key) ? object(fabriq.get(key), key) : Map.of();
  }

  private Encoding encoding(Object json, Object codes, int axis, String place) {
    if (!(json instanceof List<?> channels) || channels.isEmpty()) {
      throw wrong(place, json, "a list of at least one encoding");
    }
    Map<?, ?> first = object(channels.get(0), place);
    String word = codes == null ? symmetric(first, place) ? "int" : "uint" : codes.toString();
    if (!List.of("int", "int narrow", "uint").contains(word)) {
      throw wrong(place, word, "codes of int, int narrow or uint");
    }
    boolean signed = !word.equals("uint");
    int bits = integer(first, "bitwidth", place);
    float[] scales = new float[channels.size()];
    int[] zeroPoints = new int[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      Map<?, ?> own = object(channels.get(channel), place);
      if (!"int".equals(own.get("dtype")) || integer(own, "bitwidth", place) != bits) {
        throw wrong(place, own, "dtype int and bitwidth " + bits + " in all channels");
      }
      scales[channel] = (float) number(own, "scale", place);
      int qmin = signed ? -(1 << (bits - 1)) + (word.equals("int") ? 0 : 1) : 0;
      zeroPoints[channel] = qmin - integer(own, "offset", place);
    }
    try {
      return new Encoding(bits, signed, word.equals("int narrow"), scales, zeroPoints, axis);
    } catch (InvalidArgumentException e) {
      throw wrong(place, e.getMessage(), "an encoding within its limits");
    }
  }

  private boolean symmetric(Map<?, ?> encoding, String place) {
    Object value = encoding.get("is_symmetric");
    if (!(value instanceof String text) || !text.matches("(?i)true|false")) {
      throw wrong(place + ".is_symmetric", value, "\"True\" or \"False\"");
    }
    return text.equalsIgnoreCase("true");
  }

  private Map<?, ?> object(Object json, String place) {
    if (!(json instanceof Map<?, ?> object)) {
      throw wrong(place, json, "an object");
    }
    return object;
  }

  private double number(Map<?, ?> encoding, Object key, String place) {
    if (!(encoding.get(key) instanceof Double number)) {
      throw wrong(place + "." + key, encoding.get(key), "a number");
    }
    return number;
  }

  private int integer(Map<?, ?> encoding, Object key, String place) {
    double number = number(encoding, key, place);
    if (number != Math.rint(number) || Math.abs(number) > 1 << 24) {
      throw wrong(place + "." + key, number, "an integer of at most 24 bits");
    }
    return (int) number;
  }

  private FileFormatException wrong(String place, Object found, String expected) {
    String text = found == null ? "nothing" : found.toString();
    String cut = text.length() > 200 ? text.substring(0, 200) + "..." : text;
    return where.error(place, cut, expected, REMEDY);
  }
}
