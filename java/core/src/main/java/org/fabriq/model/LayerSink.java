// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Tensor;

/** Collects the file form of a layer: members of its JSON object, and arrays under its name. */
public final class LayerSink {
  private final String layer;
  private final Map<String, Object> json = new LinkedHashMap<>();
  private final Map<String, Tensor> arrays;

  /**
   * Begins with name and type.
   *
   * @param arrays what the layer's arrays are added to
   */
  public LayerSink(String layer, String word, Map<String, Tensor> arrays) {
    this.layer = layer;
    this.arrays = arrays;
    json.put("name", layer);
    json.put("type", word);
  }

  /** Adds a member: of Map, List, int[], String, Number or Boolean; fp32 as the equal double. */
  public void put(String member, Object value) {
    json.put(member, value instanceof Float number ? Double.valueOf(number) : value);
  }

  /** Adds stride, padding and dilation of a window. */
  public void put(Window window) {
    WindowJson.put(json, window);
  }

  /** Adds kernel, stride, padding and dilation of a window. */
  public void putWithKernel(Window window) {
    WindowJson.putWithKernel(json, window);
  }

  /** Adds an array, called LAYER.suffix. */
  public void array(String suffix, Tensor tensor) {
    arrays.put(layer + "." + suffix, tensor);
  }

  /** Adds an array of fp32 values, called LAYER.suffix; nothing for null. */
  public void array(String suffix, float[] values) {
    if (values != null) {
      array(suffix, Float32Tensor.of(values, values.length));
    }
  }

  /** The members. */
  public Map<String, Object> json() {
    return json;
  }
}
