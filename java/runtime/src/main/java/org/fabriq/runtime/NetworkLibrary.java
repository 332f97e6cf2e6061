// SPDX-License-Identifier: Apache-2.0
package org.fabriq.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.fabriq.tensor.Int8Tensor;

/**
 * A program that runs whole networks on the CPU, of files in a form of its own: the opponent of
 * whole networks on devices. Found through {@link ServiceLoader}, so that a module on the class
 * path adds its opponents by being there; stateless.
 */
public interface NetworkLibrary {
  /** What tables call it, {@code onnxruntime}. */
  String name();

  /** The form of the files that it takes: that of a {@link org.fabriq.importing.ModelExporter}. */
  String form();

  /** Whether it can be opened here; loads what it needs. */
  boolean isAvailable();

  /**
   * Opens a network for one batch of images, with all buffers that it needs.
   *
   * @param model what {@link org.fabriq.importing.ModelExporter#ofCodes} gave
   * @param images M samples of input codes, copied
   * @param threads cores for one run, 1 or above
   * @throws DeviceUnavailableException if something is missing; the message says what and how to
   *     get it
   * @throws DeviceException if it does not take the model
   */
  NetworkSession open(byte[] model, Int8Tensor images, int threads);

  /** All on the class path, by name. */
  static List<NetworkLibrary> all() {
    return ServiceLoader.load(NetworkLibrary.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(NetworkLibrary::name))
        .toList();
  }
}
