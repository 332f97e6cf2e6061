// SPDX-License-Identifier: Apache-2.0
package org.fabriq.overlay;

import java.util.List;
import org.fabriq.integer.IntegerLayer;
import org.fabriq.integer.IntegerNetwork;

/**
 * Layers of an integer network that take one tensor and give one: a program, or layers that run one
 * by one. Immutable.
 */
public sealed interface OverlayPart permits ProgramPart, LayersPart {
  /** The index of its first layer in the network. */
  int first();

  /** The index of its last layer in the network. */
  int last();

  /** Its layers as a network of their own. */
  IntegerNetwork network();

  /**
   * The names of its first and its last layer, as {@code conv1..pool1}, or that of the only one.
   */
  default String name() {
    List<IntegerLayer> layers = network().layers();
    String first = layers.get(0).name();
    return layers.size() == 1 ? first : first + ".." + layers.get(layers.size() - 1).name();
  }
}
