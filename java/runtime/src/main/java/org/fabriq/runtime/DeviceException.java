// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.FabriqException;

/** Something went wrong with a device; the subclasses say what. */
public class DeviceException extends FabriqException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceException(String message) {
    super(message);
  }
}
