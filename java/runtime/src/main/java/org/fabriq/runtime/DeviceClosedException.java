// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** A device, weights or a completion was used after its close. */
public class DeviceClosedException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceClosedException(String message) {
    super(message);
  }
}
