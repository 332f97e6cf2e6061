// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import org.fabriq.tensor.Tensor;

/**
 * A network that a {@link NetworkLibrary} opened, with the images of one batch. For use by one
 * thread.
 */
public interface NetworkSession extends AutoCloseable {
  /** One line: library, version, threads. */
  String description();

  /**
   * Computes the results of the images; blocks until they are there. Its time is the library's own:
   * images and results are turned to and from the library's form elsewhere.
   *
   * @throws DeviceException if the library fails
   */
  void run();

  /** What the last run gave, M samples: int8 codes, or fp32; a new tensor. */
  Tensor results();

  /** Frees what the library holds; idempotent. */
  @Override
  void close();
}
