// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabriq.FileFormatException;
import org.fabriq.quant.Encoding;

/**
 * Encodings by tensor name, as JSON in AIMET's encoding format 0.6.1 with one member more.
 *
 * <pre>
 *  {
 *    "version": "0.6.1",
 *    "activation_encodings": { "fc1.input": [ENCODING] },
 *    "param_encodings": { "fc1.weight": [ENCODING, one per channel] },
 *    "fabriq": {
 *      "schema": 1,
 *      "activation_codes": { "fc1.input": "int" },
 *      "param_codes": { "fc1.weight": "int narrow" }
 *    }
 *  }
 *  ENCODING = {"bitwidth": 8, "dtype": "int", "is_symmetric": "True",
 *              "max": 0.9921875, "min": -1.0, "offset": -128, "scale": 0.0078125}
 * </pre>
 *
 * There, codes count from 0: offset = qmin - Z, so min = S * offset and max = S * (qmax - Z); S,
 * min and max are written as doubles that give the same fp32 again. is_symmetric is "True" for
 * signed codes with Z = 0 in each channel. The member fabriq says what codes are: {@code int}
 * (signed), {@code int narrow} or {@code uint}. Without it, as AIMET writes, a symmetric encoding
 * is int, any other uint. Read are bitwidth, dtype, is_symmetric, offset and scale (narrowed to
 * fp32, half-even); min and max follow from them and are not looked at, nor are members of other
 * names. The specification wants a bitwidth of at least 4; FabriQ writes any, 1 to 16.
 *
 * <p>Source: AIMET documentation, "Encoding Format Specification", version 0.6.1.
 *
 * @param activations by name
 * @param parameters by name
 */
public record EncodingsFile(Map<String, Encoding> activations, Map<String, Encoding> parameters) {
  /** The version of the member fabriq that is written, and the only one read. */
  public static final int SCHEMA = 1;

  /** Copies, sorted by name, read-only. */
  public EncodingsFile {
    activations = Collections.unmodifiableMap(new TreeMap<>(activations));
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * Reads a file.
   *
   * @throws FileFormatException if it is no JSON, or of another version or schema, or an encoding
   *     is incomplete, not of integers, or out of range
   */
  public static EncodingsFile read(Path file) {
    Location where = Location.of(file);
    try {
      return EncodingsReader.read(Files.readString(file), where);
    } catch (IOException e) {
      throw where.unreadable(e);
    }
  }

  /** Writes a file, over what it held; the same encodings give the same bytes. */
  public void write(Path file) {
    try {
      Files.writeString(file, toJson());
    } catch (IOException e) {
      throw Location.of(file).unwritable(e);
    }
  }

  /** The text of the file. */
  public String toJson() {
    return """
    {
      "version": "0.6.1",
      "activation_encodings": %s,
      "param_encodings": %s,
      "fabriq": {
        "schema": %d,
        "activation_codes": %s,
        "param_codes": %s
      }
    }
    """
        .formatted(
            members(activations, "    ", EncodingsFile::channels),
            members(parameters, "    ", EncodingsFile::channels),
            SCHEMA,
            members(activations, "      ", EncodingsFile::codes),
            members(parameters, "      ", EncodingsFile::codes));
  }

  private interface Form {
    String of(Encoding encoding);
  }

  private static String members(Map<String, Encoding> encodings, String indent, Form form) {
    StringBuilder json = new StringBuilder("{");
    String separator = "\n";
    for (Map.Entry<String, Encoding> named : encodings.entrySet()) {
      json.append(separator).append(indent).append(JsonText.quoted(named.getKey())).append(": ");
      json.append(form.of(named.getValue()));
      separator = ",\n";
    }
    return json.append(json.length() == 1 ? "" : "\n" + indent.substring(2)).append('}').toString();
  }

  private static String codes(Encoding encoding) {
    return encoding.signed() ? encoding.narrow() ? "\"int narrow\"" : "\"int\"" : "\"uint\"";
  }

  private static String channels(Encoding encoding) {
    int count = encoding.scales().length;
    boolean symmetric = encoding.signed();
    for (int zero : encoding.zeroPoints()) {
      symmetric &= zero == 0;
    }
    String[] channels = new String[count];
    for (int channel = 0; channel < count; channel++) {
      channels[channel] = "\n      " + channel(encoding, channel, symmetric);
    }
    return "[" + String.join(",", List.of(channels)) + "\n    ]";
  }

  private static String channel(Encoding encoding, int channel, boolean symmetric) {
    double scale = encoding.scale(channel);
    int offset = encoding.qmin() - encoding.zeroPoint(channel);
    String json =
        "{\"bitwidth\": %d, \"dtype\": \"int\", \"is_symmetric\": \"%s\", \"max\": %s,"
            + " \"min\": %s, \"offset\": %d, \"scale\": %s}";
    return json.formatted(
        encoding.bits(),
        symmetric ? "True" : "False",
        scale * (encoding.qmax() - encoding.zeroPoint(channel)),
        scale * offset,
        offset,
        scale);
  }
}
