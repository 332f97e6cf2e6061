// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.InvalidArgumentException;
import org.fabriq.io.JsonObject;

/**
 * The fields of a layer record of {@code network_i8}, from the lowest bit on, as the kernel's own
 * description in this jar states them. Immutable.
 */
final class RecordLayout {
  /** The layout of {@code network_i8}. */
  static final RecordLayout NETWORK_I8 = of(KernelResource.read("network_i8.record.json"));

  private final int bytes;
  private final Map<String, RecordField> fields;

  private RecordLayout(int bytes, Map<String, RecordField> fields) {
    this.bytes = bytes;
    this.fields = fields;
  }

  /**
   * Reads a description.
   *
   * @param place what errors are to call it
   * @throws FileFormatException if it is none, or its fields do not fill the record
   */
  static RecordLayout parse(String text, String place) {
    return of(JsonObject.parse(text, place));
  }

  private static RecordLayout of(JsonObject json) {
    Map<String, RecordField> fields = new LinkedHashMap<>();
    int first = 0;
    for (JsonObject field : json.objects("fields")) {
      String name = field.text("name");
      int bits = field.integer("bits");
      if (bits < 1 || bits > 32 && !name.equals("reserved")) {
        throw field.wrong("bits", "1 to 32 bits");
      }
      if (fields.put(name, new RecordField(name, first, bits)) != null) {
        throw field.wrong("name", "a name that no field before it has");
      }
      first += bits;
    }
    int bytes = json.integer("bytes");
    if (first != 8 * bytes) {
      throw json.wrong("bytes", "the %d bits of the fields, over 8".formatted(first));
    }
    return new RecordLayout(bytes, Collections.unmodifiableMap(fields));
  }

  /** The size of a record. */
  int bytes() {
    return bytes;
  }

  /** All fields, in order. */
  Collection<RecordField> fields() {
    return fields.values();
  }

  /**
   * The field of a name.
   *
   * @throws InvalidArgumentException if there is none
   */
  RecordField field(String name) {
    RecordField field = fields.get(name);
    if (field == null) {
      throw new InvalidArgumentException(
          "no field %s; there are %s".formatted(name, fields.keySet()));
    }
    return field;
  }
}
