// SPDX-License-Identifier: Apache-2.0
package org.fabriq;

/** An argument out of its range; nothing was done. */
public class InvalidArgumentException extends FabriqException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public InvalidArgumentException(String message) {
    super(message);
  }
}
