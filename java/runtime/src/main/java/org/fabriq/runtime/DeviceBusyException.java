// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** The device is held by somebody else, another process for instance. */
public class DeviceBusyException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceBusyException(String message) {
    super(message);
  }
}
