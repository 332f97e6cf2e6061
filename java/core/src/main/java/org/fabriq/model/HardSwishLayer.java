// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/**
 * x * max(0, min(1, x / 6 + 1 / 2)).
 *
 * <p>Source: A. Howard et al., "Searching for MobileNetV3", 2019, section 5.2.
 */
public record HardSwishLayer(String name) implements FunctionLayer {
  @Override
  public double value(double x) {
    return x * Math.max(0, Math.min(1, x / 6 + 0.5));
  }
}
