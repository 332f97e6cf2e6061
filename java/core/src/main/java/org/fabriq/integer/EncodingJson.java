// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;
import org.fabriq.quant.Encoding;

/**
 * An encoding of a whole tensor as a JSON object: {@code {"bits": 8, "signed": true, "narrow":
 * false, "scale": 0.0078125, "zero": 0}}. The scale is the double equal to the fp32.
 */
final class EncodingJson {
  private EncodingJson() {}

  static Map<String, Object> json(Encoding encoding) {
    Map<String, Object> json = format(encoding);
    json.put("scale", (double) encoding.scale(0));
    json.put("zero", encoding.zeroPoint(0));
    return json;
  }

  static Map<String, Object> format(Encoding encoding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bits", encoding.bits());
    json.put("signed", encoding.signed());
    json.put("narrow", encoding.narrow());
    return json;
  }

  static Encoding encoding(JsonObject parent, String name) {
    JsonObject json = parent.object(name);
    json.checkNames("bits", "signed", "narrow", "scale", "zero");
    float[] scales = {(float) json.number("scale")};
    int[] zeros = {json.integer("zero")};
    return encoding(parent, name, scales, zeros);
  }

  static Encoding encoding(JsonObject parent, String name, float[] scales, int[] zeros) {
    JsonObject json = parent.object(name);
    try {
      return new Encoding(
          json.integer("bits"), json.flag("signed"), json.flag("narrow"), scales, zeros);
    } catch (InvalidArgumentException e) {
      throw parent.wrong(name, "an encoding within its limits (%s)".formatted(e.getMessage()));
    }
  }
}
