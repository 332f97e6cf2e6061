// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.fabriq.FileFormatException;
import org.fabriq.quant.Codebook;
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
 *      "schema": 2,
 *      "activation_function": "relu",
 *      "activation_codes": { "fc1.input": "int" },
 *      "param_codes": { "fc1.weight": "int narrow" },
 *      "param_axes": { "fc3.weight": 1 },
 *      "param_codebooks": { "fc2.weight": [-0.5, -0.1, 0.1, 0.6] }
 *    }
 *  }
 *  ENCODING = {"bitwidth": 8, "dtype": "int", "is_symmetric": "True",
 *              "max": 0.9921875, "min": -1.0, "offset": -128, "scale": 0.0078125}
 * </pre>
 *
 * There, codes count from 0: offset = qmin - Z, so min = S * offset and max = S * (qmax - Z); S,
 * min and max are written as doubles that give the same fp32 again. is_symmetric is "True" for
 * signed codes with Z = 0 in each channel. The member fabriq says what codes are: {@code int}
 * (signed), {@code int narrow} or {@code uint}; and it holds the tables of parameters that have a
 * codebook, code 0 first, as doubles; and the function that all layers but the last apply; and in
 * activation_axes and param_axes the axis of the channels, where it is not 0: with these it has
 * schema 3, else schema 2. Schema 1, which did not say the function, was always of tanh. Without
 * the member, as AIMET writes, a symmetric encoding is int, any other uint. Read are bitwidth,
 * dtype, is_symmetric, offset and scale (narrowed to fp32, half-even); min and max follow from them
 * and are not looked at, nor are members of other names. The specification wants a bitwidth of at
 * least 4; FabriQ writes any, 1 to 16.
 *
 * <p>Source: AIMET documentation, "Encoding Format Specification", version 0.6.1.
 *
 * @param activations by name
 * @param parameters by name
 * @param codebooks of parameters that have one instead, by name
 * @param activationFunction its word, as {@code relu}; null where the file does not say
 */
public record EncodingsFile(
    Map<String, Encoding> activations,
    Map<String, Encoding> parameters,
    Map<String, Codebook> codebooks,
    String activationFunction) {
  /** The greatest version of the member fabriq that is written; all up to it are read. */
  public static final int SCHEMA = 3;

  private static final int SCHEMA_WITHOUT_AXES = 2;

  /** Copies, sorted by name, read-only. */
  public EncodingsFile {
    activations = Collections.unmodifiableMap(new TreeMap<>(activations));
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    codebooks = Collections.unmodifiableMap(new TreeMap<>(codebooks));
  }

  /** Without codebooks and activation function. */
  public EncodingsFile(Map<String, Encoding> activations, Map<String, Encoding> parameters) {
    this(activations, parameters, Map.of(), null);
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

  /**
   * Reads a text, as {@link #toJson} gives it.
   *
   * @param name what errors are to call it
   * @throws FileFormatException as {@link #read}
   */
  public static EncodingsFile parse(String json, String name) {
    return EncodingsReader.read(json, new Location(name, null));
  }

  /**
   * The encodings among the members of a model's JSON.
   *
   * @throws FileFormatException as {@link #read}
   */
  public static EncodingsFile of(JsonObject json) {
    return EncodingsReader.read(json.members(), json.where());
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
    return JsonText.of(members());
  }

  /** The members of the file. */
  public Map<String, Object> members() {
    Map<String, Object> fabriq = new LinkedHashMap<>();
    Map<String, Object> activationAxes = axes(activations);
    Map<String, Object> parameterAxes = axes(parameters);
    boolean axes = !activationAxes.isEmpty() || !parameterAxes.isEmpty();
    fabriq.put("schema", axes ? SCHEMA : SCHEMA_WITHOUT_AXES);
    if (activationFunction != null) {
      fabriq.put("activation_function", activationFunction);
    }
    fabriq.put("activation_codes", each(activations, EncodingsFile::codes));
    fabriq.put("param_codes", each(parameters, EncodingsFile::codes));
    fabriq.put("param_codebooks", each(codebooks, EncodingsFile::centroids));
    if (axes) {
      fabriq.put("activation_axes", activationAxes);
      fabriq.put("param_axes", parameterAxes);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("version", "0.6.1");
    file.put("activation_encodings", each(activations, EncodingsFile::channels));
    file.put("param_encodings", each(parameters, EncodingsFile::channels));
    file.put("fabriq", fabriq);
    return file;
  }

  private static <T> Map<String, Object> each(Map<String, T> named, Function<T, Object> form) {
    Map<String, Object> json = new LinkedHashMap<>();
    named.forEach((name, value) -> json.put(name, form.apply(value)));
    return json;
  }

  /** The axes that are not 0, by name. */
  private static Map<String, Object> axes(Map<String, Encoding> encodings) {
    Map<String, Object> axes = new LinkedHashMap<>();
    encodings.forEach(
        (name, encoding) -> {
          if (encoding.axis() != 0) {
            axes.put(name, encoding.axis());
          }
        });
    return axes;
  }

  private static String codes(Encoding encoding) {
    return encoding.signed() ? encoding.narrow() ? "int narrow" : "int" : "uint";
  }

  private static List<Double> centroids(Codebook codebook) {
    List<Double> centroids = new ArrayList<>();
    for (float centroid : codebook.centroids()) {
      centroids.add((double) centroid);
    }
    return centroids;
  }

  private static List<Map<String, Object>> channels(Encoding encoding) {
    boolean symmetric =
        encoding.signed() && Arrays.stream(encoding.zeroPoints()).allMatch(zero -> zero == 0);
    List<Map<String, Object>> channels = new ArrayList<>();
    for (int channel = 0; channel < encoding.scales().length; channel++) {
      double scale = encoding.scale(channel);
      int offset = encoding.qmin() - encoding.zeroPoint(channel);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("bitwidth", encoding.bits());
      json.put("dtype", "int");
      json.put("is_symmetric", symmetric ? "True" : "False");
      json.put("max", scale * (encoding.qmax() - encoding.zeroPoint(channel)));
      json.put("min", scale * offset);
      json.put("offset", offset);
      json.put("scale", scale);
      channels.add(json);
    }
    return channels;
  }
}
