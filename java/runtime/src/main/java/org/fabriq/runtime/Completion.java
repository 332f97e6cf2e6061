// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import org.fabriq.tensor.Tensor;

/**
 * A run that was submitted, of a multiplication or a network. {@link #await()} gives its result
 * once; {@link #close()} ends it, awaited or not, and must be called: until then the device and
 * what is prepared on it cannot be closed. For use by one thread at a time.
 */
public final class Completion implements AutoCloseable {
  private final DeviceResident resident;
  private final Backend.Submission submission;
  private final Tensor c;
  private boolean taken;
  private boolean closed;

  Completion(DeviceResident resident, Backend.Submission submission, Tensor c) {
    this.resident = resident;
    this.submission = submission;
    this.c = c;
  }

  /** Awaits with the device's default deadline, from now on. */
  public void await() {
    await(resident.device().timeout(), null);
  }

  /**
   * Blocks until the run has ended, then writes C, or the results of a network.
   *
   * @param timeout the deadline from now on, in (0, 24 h]
   * @param times receives where the time went, or null
   * @throws KernelTimeoutException if the deadline passed; C is not written, the device is poisoned
   * @throws DeviceClosedException if the result was taken before, or this was closed
   */
  public synchronized void await(Duration timeout, StageTimes times) {
    if (closed || taken) {
      throw new DeviceClosedException(
          closed ? "Completion is closed; submit again" : "Result was taken before; submit again");
    }
    long nanos = DeviceAddress.checkTimeout(timeout);
    taken = true;
    long start = System.nanoTime();
    submission.await(c, nanos, times);
    if (times != null) {
      times.setCallNanos(System.nanoTime() - start);
    }
  }

  /** Ends the run; if it has not been awaited its result is dropped. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        submission.release();
      } finally {
        resident.leave();
      }
    }
  }
}
