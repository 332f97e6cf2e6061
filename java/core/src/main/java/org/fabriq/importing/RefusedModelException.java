// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.util.List;
import java.util.stream.Collectors;
import org.fabriq.FabriqException;

/** A model with operations that are not taken; it names all of them, not only the first. */
public final class RefusedModelException extends FabriqException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;
  private final transient List<SourceOperation> operations;

  /**
   * @param file the model
   * @param refusals at least one
   * @param operations all of the file, taken or not, in its order
   */
  public RefusedModelException(
      String file, List<Refusal> refusals, List<SourceOperation> operations) {
    super(
        "%s: %d operation%s not taken: %s"
            .formatted(
                file,
                refusals.size(),
                refusals.size() == 1 ? "" : "s",
                refusals.stream().map(Refusal::toString).collect(Collectors.joining("; "))));
    this.refusals = List.copyOf(refusals);
    this.operations = List.copyOf(operations);
  }

  /** All operations of the file, taken or not, in its order. */
  public List<SourceOperation> operations() {
    return operations;
  }

  /** What is not taken, in the order of the file. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
