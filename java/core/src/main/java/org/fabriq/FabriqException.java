// SPDX-License-Identifier: Apache-2.0
package org.fabriq;

/**
 * The root of every exception FabriQ throws on purpose. The message is one line that names the
 * value, the limit and the remedy, fit to be shown to a user as it is.
 */
public class FabriqException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public FabriqException(String message) {
    super(message);
  }

  /** The same of what something else brought about. */
  public FabriqException(String message, Throwable cause) {
    super(message, cause);
  }
}
