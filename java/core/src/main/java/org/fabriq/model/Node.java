// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;

/**
 * A layer and the tensors that it takes.
 *
 * @param layer what computes; the tensor that it gives has the layer's name
 * @param inputs names of tensors, in the order in which the layer takes them: {@link
 *     LayerGraph#INPUT} or names of layers that come before it; at least one
 */
public record Node<L>(L layer, List<String> inputs) {
  /** Copies the list. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** A layer that takes these tensors. */
  public static <L> Node<L> of(L layer, String... inputs) {
    return new Node<>(layer, List.of(inputs));
  }
}
