// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importing;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.fabriq.integer.IntegerNetwork;

/**
 * Writes networks in a form of other programs. Implementations are found by {@link ServiceLoader};
 * they are stateless, and any number of threads may share one.
 */
public interface ModelExporter {
  /** The form, as {@code ONNX}. */
  String form();

  /** How names of such files end, as {@code .onnx}. */
  String suffix();

  /**
   * Writes a network; the same network gives the same bytes.
   *
   * @throws org.fabriq.InvalidArgumentException if the form has no word for one of its layers
   * @throws org.fabriq.FabriqException if the file cannot be written
   */
  void write(IntegerNetwork network, Path file);

  /**
   * The bytes of a file of the network without its ends, as it is computed fastest: M x input codes
   * in, each as the unsigned byte code + 128, and M x what its integers give out, such bytes, or
   * fp32 of accumulators times their scale if the last layer gives accumulators. M is free.
   *
   * @throws org.fabriq.InvalidArgumentException as {@link #write}
   */
  byte[] ofCodes(IntegerNetwork network);

  /** The exporters on the class path; none in the archive for boards. */
  static List<ModelExporter> all() {
    return ServiceLoader.load(ModelExporter.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
