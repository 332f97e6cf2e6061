// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lifetime of a native object that threads share: using it after close is an error, closing it
 * in use is an error, closing it twice is no-op.
 */
final class UseCount {
  private static final int CLOSED = -1;

  private final AtomicInteger users = new AtomicInteger();
  private final String name;

  UseCount(String name) {
    this.name = name;
  }

  /** Enters a use; {@link #leave} must follow. */
  void enter() {
    int current = users.get();
    while (current != CLOSED) {
      if (users.compareAndSet(current, current + 1)) {
        return;
      }
      current = users.get();
    }
    throw new DeviceClosedException(name + " is closed; open a new one");
  }

  void leave() {
    users.decrementAndGet();
  }

  boolean isClosed() {
    return users.get() == CLOSED;
  }

  /** Returns true to the one caller that has to free the object, false if that was done before. */
  boolean close() {
    while (!users.compareAndSet(0, CLOSED)) {
      int current = users.get();
      if (current == CLOSED) {
        return false;
      }
      if (current > 0) {
        throw new DeviceInUseException(
            "%s is in use by %d call%s; wait for them and close their completions, then close"
                .formatted(name, current, current == 1 ? "" : "s"));
      }
    }
    return true;
  }
}
