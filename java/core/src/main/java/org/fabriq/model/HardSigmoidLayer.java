// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/**
 * max(0, min(1, slope * x + offset)).
 *
 * @param slope finite; ONNX calls it alpha and takes 0.2 where a file does not say
 * @param offset finite; ONNX calls it beta and takes 0.5
 */
public record HardSigmoidLayer(String name, float slope, float offset) implements FunctionLayer {
  /**
   * @throws org.fabriq.InvalidArgumentException if a parameter is not finite
   */
  public HardSigmoidLayer {
    FiniteValues.check(name, "slope", slope);
    FiniteValues.check(name, "offset", offset);
  }

  /** Reads the file form. */
  static HardSigmoidLayer read(LayerSource source) {
    return new HardSigmoidLayer(source.name(), source.number("slope"), source.number("offset"));
  }

  @Override
  public void describe(LayerSink sink) {
    sink.put("slope", slope);
    sink.put("offset", offset);
  }

  @Override
  public double value(double x) {
    return Math.max(0, Math.min(1, slope * x + offset));
  }
}
