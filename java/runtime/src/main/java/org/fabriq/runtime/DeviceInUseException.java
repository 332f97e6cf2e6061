// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** A close was asked for while another thread still uses the object; nothing was closed. */
public class DeviceInUseException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public DeviceInUseException(String message) {
    super(message);
  }
}
