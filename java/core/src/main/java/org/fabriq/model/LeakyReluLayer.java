// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/**
 * x where it is at least 0, else slope * x.
 *
 * @param slope finite; ONNX calls it alpha
 */
public record LeakyReluLayer(String name, float slope) implements FunctionLayer {
  /**
   * @throws org.fabriq.InvalidArgumentException if the slope is not finite
   */
  public LeakyReluLayer {
    FiniteValues.check(name, "slope", slope);
  }

  /** Reads the file form. */
  static LeakyReluLayer read(LayerSource source) {
    return new LeakyReluLayer(source.name(), source.number("slope"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("slope", slope);
  }

  @Override
  public double value(double x) {
    return x < 0 ? slope * x : x;
  }
}
