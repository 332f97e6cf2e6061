// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import org.fabriq.tensor.Tensor;

/** A run behind the C ABI, of a multiplication or a network. */
record NativeSubmission(RunHandle run) implements Backend.Submission {
  @Override
  public void await(Tensor c, long timeoutNanos, StageTimes times) {
    NativeStatus.check(
        fabriq_run_wait(
            run, c.memory(), bytes(c), timeoutNanos, times == null ? null : times.values()));
  }

  @Override
  public void release() {
    NativeStatus.check(fabriq_run_release(run));
  }

  /** The bytes of a tensor's memory. */
  static long bytes(Tensor tensor) {
    return (long) tensor.size() * tensor.elementBytes();
  }
}
