// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.time.Duration;
import org.fabriq.InvalidArgumentException;
import org.fabriq.ShapeException;
import org.fabriq.kernel.KernelType;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.tensor.Tensor;

/**
 * C = A * B on a device, with the epilogue of the weights: A is M x K activations, B is K x N
 * prepared weights, C is M x N. What is computed, bit for bit, is {@code docs/numerics.md}.
 *
 * <p>Tensors are only read or written during a call; neither A nor C may be changed meanwhile. In
 * the steady state a call allocates nothing. A kernel needs no closing of its own, it ends with its
 * device; {@link #close()} is there for try-with-resources and forbids further calls through this
 * object.
 */
public final class MatmulKernel implements AutoCloseable {
  private final Device device;
  private final KernelType type;
  private final long defaultTimeoutNanos;
  private volatile boolean closed;

  MatmulKernel(Device device, KernelType type) {
    this.device = device;
    this.type = type;
    this.defaultTimeoutNanos = device.timeout().toNanos();
  }

  /** Which multiplication this is. */
  public KernelType type() {
    return type;
  }

  /**
   * Copies weights to the device, where they stay until closed.
   *
   * @throws InvalidArgumentException if they are of another kernel, or over its limits
   */
  public PreparedWeights prepare(MatmulWeights weights) {
    if (weights.type() != type) {
      throw new InvalidArgumentException(
          "weights are of kernel %s, this is %s; prepare them by device.matmul(KernelType.%s)"
              .formatted(weights.type().kernelName(), type.kernelName(), weights.type().name()));
    }
    checkOpen();
    device.enter();
    try {
      return new PreparedWeights(device, weights, device.backend().prepare(weights));
    } finally {
      device.leave();
    }
  }

  /** {@link #multiply(Tensor, PreparedWeights, Tensor, StageTimes)} without times. */
  public void multiply(Tensor a, PreparedWeights weights, Tensor c) {
    multiply(a, weights, c, defaultTimeoutNanos, null);
  }

  /**
   * Multiplies with the device's default deadline; see {@link #multiply(Tensor, PreparedWeights,
   * Tensor, Duration, StageTimes)}.
   */
  public void multiply(Tensor a, PreparedWeights weights, Tensor c, StageTimes times) {
    multiply(a, weights, c, defaultTimeoutNanos, times);
  }

  /**
   * Multiplies; blocks until C is written or the deadline has passed.
   *
   * @param a M x K, of the kernel's activation type
   * @param weights prepared on this device by a kernel of this type
   * @param c M x N, of the weights' output type; written completely or, on an exception, not at all
   * @param timeout the deadline, in (0, 24 h]. {@code reference} and {@code cpu} compute in the
   *     calling thread, always end, and take no notice of it
   * @param times receives where the time went, or null
   * @throws InvalidArgumentException if types do not fit
   * @throws ShapeException if shapes do not fit
   * @throws KernelTimeoutException if the deadline passed; the device is poisoned then
   * @throws DevicePoisonedException if an earlier run timed out or failed
   * @throws DeviceClosedException if device, kernel or weights are closed
   */
  public void multiply(
      Tensor a, PreparedWeights weights, Tensor c, Duration timeout, StageTimes times) {
    multiply(a, weights, c, DeviceAddress.checkTimeout(timeout), times);
  }

  private void multiply(
      Tensor a, PreparedWeights weights, Tensor c, long timeoutNanos, StageTimes times) {
    checkOperands(a, weights, c);
    weights.resident().run(a, c, timeoutNanos, times);
  }

  /**
   * {@link #submit(Tensor, PreparedWeights, Tensor, Duration)} with the device's default deadline.
   */
  public Completion submit(Tensor a, PreparedWeights weights, Tensor c) {
    return submit(a, weights, c, defaultTimeoutNanos);
  }

  /**
   * Starts a multiplication and returns; transfers and compute overlap with the caller's work and
   * with other submissions. A may be changed on return; C is written by {@link Completion#await()},
   * not before.
   *
   * @param timeout how long to wait for a free place on the device, in (0, 24 h]
   * @return to be awaited and closed; device and weights are in use until it is closed
   * @throws InvalidArgumentException if types do not fit
   * @throws ShapeException if shapes do not fit
   */
  public Completion submit(Tensor a, PreparedWeights weights, Tensor c, Duration timeout) {
    return submit(a, weights, c, DeviceAddress.checkTimeout(timeout));
  }

  private Completion submit(Tensor a, PreparedWeights weights, Tensor c, long timeoutNanos) {
    checkOperands(a, weights, c);
    return weights.resident().submit(a, c, timeoutNanos);
  }

  /** Forbids further calls through this object; prepared weights and other kernels stay usable. */
  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new DeviceClosedException(
          "Kernel %s of device '%s' is closed; call device.matmul again"
              .formatted(type.kernelName(), device.address()));
    }
  }

  private void checkOperands(Tensor a, PreparedWeights weights, Tensor c) {
    checkOpen();
    MatmulWeights source = weights.source();
    Device other = weights.resident().device();
    if (other != device || source.type() != type) {
      throw new InvalidArgumentException(
          "weights were prepared for %s on device '%s', this is %s on '%s'; prepare them here"
              .formatted(
                  source.type().kernelName(),
                  other.address(),
                  type.kernelName(),
                  device.address()));
    }
    source.checkOperands(a, c);
  }
}
