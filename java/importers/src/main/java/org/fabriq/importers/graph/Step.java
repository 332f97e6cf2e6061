// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import java.util.List;

/**
 * An operation, what it takes and what it gives.
 *
 * @param operator what the file calls it, as {@code QLinearConv}
 * @param node its name in the file
 * @param inputs graph inputs or what steps before it give
 */
public record Step(
    String operator, String node, Operation operation, List<Signal> inputs, Signal output) {
  /** Copies the list. */
  public Step {
    inputs = List.copyOf(inputs);
  }
}
