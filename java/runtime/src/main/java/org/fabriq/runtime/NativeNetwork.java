// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import static org.fabriq.bridge.Fabriq.*;

import java.nio.ByteBuffer;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.tensor.Tensor;

/** A program behind the C ABI. */
final class NativeNetwork implements Backend.Resident {
  private final NetworkHandle handle = new NetworkHandle();
  private final long bytes;

  NativeNetwork(DeviceHandle device, OverlayProgram program) {
    ByteBuffer image = program.image();
    bytes = image.capacity();
    NativeStatus.check(fabriq_network_prepare(device, image, bytes, handle));
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void run(Tensor images, Tensor results, long timeoutNanos, StageTimes times) {
    NativeStatus.check(
        fabriq_network_run(
            handle,
            images.rows(),
            images.memory(),
            NativeSubmission.bytes(images),
            results.memory(),
            NativeSubmission.bytes(results),
            timeoutNanos,
            times == null ? null : times.values()));
  }

  @Override
  public Backend.Submission submit(Tensor images, long timeoutNanos) {
    RunHandle run = new RunHandle();
    NativeStatus.check(
        fabriq_network_submit(
            handle,
            images.rows(),
            images.memory(),
            NativeSubmission.bytes(images),
            timeoutNanos,
            run));
    return new NativeSubmission(run);
  }

  @Override
  public void release() {
    NativeStatus.check(fabriq_network_release(handle));
  }
}
