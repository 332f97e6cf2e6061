// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** The device exists, but something it needs is not installed or not loaded. */
public class DeviceUnavailableException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceUnavailableException(String message) {
    super(message);
  }
}
