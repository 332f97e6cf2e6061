// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** No device has this address, or it has not the option that was given. */
public class UnknownDeviceException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public UnknownDeviceException(String message) {
    super(message);
  }
}
