// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** An earlier run timed out or failed; {@link Device#reset()} makes the device usable again. */
public class DevicePoisonedException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DevicePoisonedException(String message) {
    super(message);
  }
}
