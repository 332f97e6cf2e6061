// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Optional;
import java.util.OptionalInt;
import org.fabriq.kernel.MatmulWeights;
import org.fabriq.overlay.OverlayProgram;
import org.fabriq.overlay.OverlayTarget;
import org.fabriq.tensor.Tensor;

/**
 * What a kind of device supplies. Its callers ({@link Device} and its parts) have checked shapes,
 * types and lifetimes before; implementations must be safe for use by several threads at once.
 */
public interface Backend {
  /** One line: what computes, with versions. */
  String description();

  /**
   * Whether fp32 results are the definition's, bit for bit; otherwise they lie within {@link
   * org.fabriq.kernel.SumOrderBound} of it.
   */
  default boolean exact() {
    return true;
  }

  /** Whether kernels that are built for an FPGA are computed by this CPU instead. */
  boolean simulated();

  /** Copies weights to where the kernel reads them. */
  Resident prepare(MatmulWeights weights);

  /** The sizes of the device's {@code network_i8}; empty where it takes no whole networks. */
  Optional<OverlayTarget> overlay();

  /**
   * Copies a program to where the kernel reads it.
   *
   * @throws DeviceUnavailableException if the device takes no whole networks, with the remedy
   */
  Resident prepare(OverlayProgram program);

  /** Megahertz of the kernels' clock, by which cycles are time; empty where none is known. */
  default OptionalInt clockMhz() {
    return OptionalInt.empty();
  }

  /** What the device's memory holds; nothing for devices that compute in Java. */
  default DeviceMemory memory() {
    return new DeviceMemory(0, 0);
  }

  /** Makes a poisoned device usable again. */
  void reset();

  /** Crosses to the device's native side and does nothing there. */
  void ping();

  /** Ends the device; all its residents are released before. Called once. */
  void close();

  /** Weights on the device, or a program. */
  interface Resident {
    /**
     * C = A * B with the weights' epilogue, or the results C of a program for the images A. Blocks;
     * writes {@code c} completely or, on an exception, not at all.
     *
     * @param timeoutNanos the deadline; devices that compute in the calling thread always end and
     *     need none
     * @param times receives the stages, or null
     */
    void run(Tensor a, Tensor c, long timeoutNanos, StageTimes times);

    /** Starts a run; {@code a} may be reused on return. */
    Submission submit(Tensor a, long timeoutNanos);

    /** Bytes of B or the program in the device's memory, or -1 where it has none of its own. */
    long bytes();

    /** Frees what it holds. Called once, with no run going on. */
    void release();
  }

  /** A run that was started. */
  interface Submission {
    /** Blocks until done, then writes {@code c}. */
    void await(Tensor c, long timeoutNanos, StageTimes times);

    /** Ends the submission, finished or not. Called once. */
    void release();
  }
}
