// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fabriq.FileFormatException;
import org.fabriq.tensor.Tensor;

/**
 * A model in two files of one name: NAME.json says what it is, NAME.npz holds its arrays. The
 * members {@code schema} (a version) and {@code kind} of the JSON tell readers what to expect.
 */
public final class ModelFile {
  private static final Map<String, String> FORMER_KINDS =
      Map.of("integer-graph", "integer-network");

  private final String name;
  private final JsonObject json;
  private final Map<String, Tensor> arrays;

  private ModelFile(String name, JsonObject json, Map<String, Tensor> arrays) {
    this.name = name;
    this.json = json;
    this.arrays = new LinkedHashMap<>(arrays);
  }

  /**
   * Reads both files.
   *
   * @param either NAME.json or NAME.npz
   * @throws FileFormatException if one is missing or not of its format
   */
  public static ModelFile read(Path either) {
    Path file = sibling(either, ".json");
    try {
      JsonObject json = JsonObject.parse(Files.readString(file), file.toString());
      return new ModelFile(file.toString(), json, NpzFile.read(sibling(either, ".npz")));
    } catch (IOException e) {
      throw Location.of(file).unreadable(e);
    }
  }

  /**
   * Reads both files from beside a class, as resources.
   *
   * @param name without folder and suffix
   * @throws FileFormatException if one is missing or not of its format
   */
  public static ModelFile read(Class<?> beside, String name) {
    String place = "jar:" + beside.getPackageName().replace('.', '/') + "/" + name;
    try (InputStream json = beside.getResourceAsStream(name + ".json");
        InputStream npz = beside.getResourceAsStream(name + ".npz")) {
      if (json == null || npz == null) {
        throw new FileFormatException(
            place, "no resources of this name in .json and .npz", "build the jar again", null);
      }
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      return new ModelFile(
          place, JsonObject.parse(text, place + ".json"), NpzFile.read(npz, place + ".npz"));
    } catch (IOException e) {
      throw new Location(place, null).unreadable(e);
    }
  }

  /** Whether the JSON of a pair is there; an npz without one is of another form. */
  public static boolean exists(Path either) {
    return Files.exists(sibling(either, ".json"));
  }

  /**
   * Writes both files, over what they held, or none of them; the same model gives the same bytes.
   *
   * @param either NAME.json or NAME.npz
   * @param json of Map, List, int[], String, Number and Boolean
   */
  public static void write(Path either, Map<String, ?> json, Map<String, ? extends Tensor> arrays) {
    Path file = sibling(either, ".json");
    try (WholeFiles files = new WholeFiles()) {
      NpzFile.writeTo(files.part(sibling(either, ".npz")), arrays);
      Files.writeString(files.part(file), JsonText.of(json));
      files.finish();
    } catch (IOException e) {
      throw Location.of(file).unwritable(e);
    }
  }

  private static Path sibling(Path file, String suffix) {
    String name = file.getFileName().toString().replaceFirst("\\.(json|npz)$", "");
    return file.resolveSibling(name + suffix);
  }

  /**
   * The JSON, after checking what it is about.
   *
   * @throws FileFormatException if it is of another kind or schema
   */
  public JsonObject json(String kind, int schema) {
    if (!kind().equals(kind)) {
      throw json.wrong("kind", "\"%s\"".formatted(kind));
    }
    if (json.integer("schema") != schema) {
      throw json.wrong(
          "schema",
          "" + schema,
          "read it with the version of FabriQ that wrote it, or write it again with this one");
    }
    return json;
  }

  /** Whether the JSON says what it is about; encodings of a model do not. */
  public boolean hasKind() {
    return json.has("kind");
  }

  /** What the JSON is about, as {@code network}; by its present word where it has a former one. */
  public String kind() {
    String kind = json.text("kind");
    return FORMER_KINDS.getOrDefault(kind, kind);
  }

  /** Whether there is an array of this name that was not taken yet. */
  public boolean has(String array) {
    return arrays.containsKey(array);
  }

  /**
   * Takes an array out.
   *
   * @throws FileFormatException if there is none, or of another type
   */
  public <T extends Tensor> T take(String array, Class<T> type) {
    Tensor tensor = arrays.remove(array);
    if (!type.isInstance(tensor)) {
      throw new FileFormatException(
          name,
          "array " + array + " of the npz",
          tensor == null ? "nothing" : tensor.toString(),
          "an array of " + type.getSimpleName().replace("Tensor", "").toLowerCase(Locale.ROOT),
          "write both files again");
    }
    return type.cast(tensor);
  }

  /** The name of the JSON. */
  public String name() {
    return name;
  }

  /** The arrays that were not taken yet, read-only. */
  public Map<String, Tensor> tensors() {
    return Collections.unmodifiableMap(arrays);
  }

  /**
   * The encodings that the JSON says.
   *
   * @throws FileFormatException as {@link EncodingsFile#read}
   */
  public EncodingsFile encodings() {
    return EncodingsFile.of(json);
  }

  /** Puts an array in, to be taken out. */
  public void put(String array, Tensor tensor) {
    arrays.put(array, tensor);
  }

  /**
   * Checks that every array was taken.
   *
   * @throws FileFormatException that names one that was not
   */
  public void checkAllTaken() {
    for (String array : arrays.keySet()) {
      throw new FileFormatException(
          name,
          "array " + array + " of the npz",
          "an array",
          "none of this name",
          "write both files again");
    }
  }
}
