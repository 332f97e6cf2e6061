// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

/** What a {@link LayerGraph} is made of. */
public interface NamedLayer {
  /** As in "conv1"; unique within a network. The tensor that the layer gives is called so too. */
  String name();

  /** How many tensors it takes: 1 for most layers. */
  default int inputCount() {
    return 1;
  }

  /** Adds what its file form has besides name and type: members of the JSON, and arrays. */
  default void describe(LayerSink sink) {}
}
