// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

/** A run did not end within its deadline; no output was written and the device is poisoned. */
public class KernelTimeoutException extends DeviceException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception; the message names the value, the limit and the remedy. */
  public KernelTimeoutException(String message) {
    super(message);
  }
}
