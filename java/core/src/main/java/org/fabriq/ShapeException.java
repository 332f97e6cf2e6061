// SPDX-License-Identifier: Apache-2.0
package org.fabriq;

/** Shapes that are impossible, too large or do not fit together; nothing was done. */
public class ShapeException extends InvalidArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public ShapeException(String message) {
    super(message);
  }
}
