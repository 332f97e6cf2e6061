// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** The device, its driver or FabriQ's native code reported a failure. */
public class DeviceFailedException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceFailedException(String message) {
    super(message);
  }
}
