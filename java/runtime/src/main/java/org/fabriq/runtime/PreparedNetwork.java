// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.tensor.Int8Tensor;

/**
 * A whole network that is resident on a device as a program of {@code network_i8}: each run is one
 * launch for a batch of images. Close it, or the device, to free its memory.
 *
 * <p>Images and results are matrices of bytes, a row for each chunk, as {@link OverlayProgram}
 * says; {@link org.fabriq.overlay.ImagePacking} and {@link org.fabriq.overlay.ResultPacking} of the
 * plan make and read them. They are only read or written during a call, and must not be changed
 * meanwhile. Any number of threads may run it. In the steady state a call allocates nothing, but
 * for the device {@code reference}.
 */
public final class PreparedNetwork implements AutoCloseable {
  private final OverlayProgram program;
  private final DeviceResident resident;
  private final long defaultTimeoutNanos;

  PreparedNetwork(Device device, OverlayProgram program, Backend.Resident resident) {
    this.program = program;
    this.resident = new DeviceResident(device, "Prepared network", resident);
    this.defaultTimeoutNanos = device.timeout().toNanos();
  }

  /** What was prepared. */
  public OverlayProgram program() {
    return program;
  }

  /** {@link #run(Int8Tensor, Int8Tensor, StageTimes)} without times. */
  public void run(Int8Tensor images, Int8Tensor results) {
    run(images, results, null);
  }

  /**
   * Runs with the device's default deadline; see {@link #run(Int8Tensor, Int8Tensor, Duration,
   * StageTimes)}.
   */
  public void run(Int8Tensor images, Int8Tensor results, StageTimes times) {
    program.checkOperands(images, results);
    resident.run(images, results, defaultTimeoutNanos, times);
  }

  /**
   * Runs the network for each chunk of images, in one launch; blocks until the results are written
   * or the deadline has passed.
   *
   * @param images chunks x {@link OverlayProgram#imageBytes()}, 1 to {@link
   *     OverlayProgram#MAX_CHUNKS} chunks
   * @param results chunks x {@link OverlayProgram#resultBytes()}; written completely or, on an
   *     exception, not at all
   * @param timeout the deadline, in (0, 24 h]. {@code reference} computes in the calling thread,
   *     always ends, and takes no notice of it
   * @param times receives where the time went, or null. Its cycles are those of the kernel's
   *     report: {@code STALLED_ON_A} waiting for images, {@code STALLED_ON_B} between layers,
   *     {@code STALLED_ON_C} waiting for room for what layers give
   * @throws ShapeException if the matrices do not fit the program
   * @throws InvalidArgumentException if the deadline is out of range
   * @throws DeviceFailedException if the kernel ends with an error, as programs that make no sense
   *     make it; the device stays usable
   * @throws KernelTimeoutException if the deadline passed; the device is poisoned then
   * @throws DevicePoisonedException if an earlier run timed out or failed
   * @throws DeviceClosedException if the device or this is closed
   */
  public void run(Int8Tensor images, Int8Tensor results, Duration timeout, StageTimes times) {
    program.checkOperands(images, results);
    resident.run(images, results, DeviceAddress.checkTimeout(timeout), times);
  }

  /** {@link #submit(Int8Tensor, Int8Tensor, Duration)} with the device's default deadline. */
  public Completion submit(Int8Tensor images, Int8Tensor results) {
    program.checkOperands(images, results);
    return resident.submit(images, results, defaultTimeoutNanos);
  }

  /**
   * Starts a run and returns; transfers and compute overlap with the caller's work and with other
   * submissions. The images may be changed on return; the results are written by {@link
   * Completion#await()}, not before.
   *
   * @param timeout how long to wait for a free place on the device, in (0, 24 h]
   * @return to be awaited and closed; device and network are in use until it is closed
   * @throws ShapeException if the matrices do not fit the program
   */
  public Completion submit(Int8Tensor images, Int8Tensor results, Duration timeout) {
    program.checkOperands(images, results);
    return resident.submit(images, results, DeviceAddress.checkTimeout(timeout));
  }

  /**
   * Bytes of the program in the device's memory; the rounding of buffers to pages comes on top. -1
   * for devices that compute in Java.
   */
  public long bytes() {
    return resident.bytes();
  }

  /**
   * Frees the program on the device. Idempotent.
   *
   * @throws DeviceInUseException while a call or a completion uses it; nothing is freed then
   */
  @Override
  public void close() {
    resident.close();
  }
}
