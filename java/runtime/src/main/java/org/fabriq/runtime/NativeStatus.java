// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import org.fabriq.FabriqException;
import org.fabriq.InvalidArgumentException;

/** Turns the C ABI's status codes into typed exceptions with the ABI's text. */
final class NativeStatus {
  private NativeStatus() {}

  static void check(int status) {
    if (status != FABRIQ_OK) {
      throw exception(status, fabriq_last_error().getString());
    }
  }

  private static FabriqException exception(int status, String text) {
    return switch (status) {
      case FABRIQ_INVALID_ARGUMENT -> new InvalidArgumentException(text);
      case FABRIQ_UNKNOWN_DEVICE -> new UnknownDeviceException(text);
      case FABRIQ_UNAVAILABLE -> new DeviceUnavailableException(text);
      case FABRIQ_TIMEOUT -> new KernelTimeoutException(text);
      case FABRIQ_POISONED -> new DevicePoisonedException(text);
      case FABRIQ_BUSY -> new DeviceBusyException(text);
      default -> new DeviceFailedException(text);
    };
  }
}
