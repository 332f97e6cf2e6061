// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.graph;

import org.fabriq.FabriqException;
import org.fabriq.importing.Refusal;

/** One operation that is not taken; readers collect them all. */
public final class NotTakenException extends FabriqException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason what is not taken
   * @param remedy what the user can do
   */
  public NotTakenException(String reason, String remedy) {
    super(reason + "; " + remedy);
  }

  /** Why a step is not taken, of whatever FabriQ threw about it. */
  public static Refusal refusal(String operator, String node, FabriqException e) {
    String message = e.getMessage();
    int end = message.lastIndexOf("; ");
    String remedy = "change the model before its export";
    return end < 0
        ? new Refusal(operator, node, message, remedy)
        : new Refusal(operator, node, message.substring(0, end), message.substring(end + 2));
  }
}
