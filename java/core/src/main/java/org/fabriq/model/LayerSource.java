// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.FileFormatException;
import org.fabriq.io.JsonObject;
import org.fabriq.io.ModelFile;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** The file form of a layer, for reading: members of its JSON object, and arrays of its name. */
public final class LayerSource {
  private final JsonObject json;
  private final ModelFile file;
  private final String name;

  /** Reads the name. */
  public LayerSource(JsonObject json, ModelFile file) {
    this.json = json;
    this.file = file;
    this.name = json.text("name");
  }

  /** The layer's name. */
  public String name() {
    return name;
  }

  /** Its JSON object. */
  public JsonObject json() {
    return json;
  }

  /** A number, narrowed to fp32. */
  public float number(String member) {
    return (float) json.number(member);
  }

  /** An integer. */
  public int integer(String member) {
    return json.integer(member);
  }

  /** So many integers; any number for a count of 0. */
  public int[] integers(String member, int count) {
    return json.integers(member, count);
  }

  /** A truth value. */
  public boolean flag(String member) {
    return json.flag(member);
  }

  /** Whether there is such a member. */
  public boolean has(String member) {
    return json.has(member);
  }

  /** A window with its kernel. */
  public Window window() {
    return WindowJson.window(json);
  }

  /** A window whose kernel is known from the weights. */
  public Window window(int kernelHeight, int kernelWidth) {
    return WindowJson.window(json, kernelHeight, kernelWidth);
  }

  /**
   * Takes the array LAYER.suffix out of the file.
   *
   * @throws FileFormatException if there is none, or of another type
   */
  public <T extends Tensor> T array(String suffix, Class<T> type) {
    return file.take(name + "." + suffix, type);
  }

  /** Takes an array of fp32 values. */
  public float[] values(String suffix) {
    return array(suffix, Float32Tensor.class).toArray();
  }

  /** Takes an array of fp32 values, or gives null where there is none. */
  public float[] valuesOrNull(String suffix) {
    return file.has(name + "." + suffix) ? values(suffix) : null;
  }

  /** An error about a member, for the caller to throw. */
  public FileFormatException wrong(String member, String expected) {
    return json.wrong(member, expected);
  }
}
