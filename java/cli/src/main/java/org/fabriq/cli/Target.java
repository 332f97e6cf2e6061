// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.fabriq.model.Network;
import org.fabriq.quant.Encoding;
import org.fabriq.runtime.Device;
import org.fabriq.toolkit.QuantizedNetwork;

/** A network in a {@link Form}: run by its kernels, written to its files. */
interface Target {
  /** The network in fp32. */
  Network network();

  /** The encodings of layers' inputs by layer name; none where inputs stay fp32. */
  Map<String, Encoding> inputs(QuantizedNetwork quantized);

  /** Says where kernels run. */
  Device device();

  /**
   * Gives the outputs for the samples by the kernels; {@code progress} is told the samples done.
   */
  default Predictions predict(QuantizedNetwork quantized, TestSet images, IntConsumer progress) {
    return predict(quantized, images, layer -> device(), progress);
  }

  /**
   * Does the same with each layer of weights on the device that {@code place} gives for its name.
   */
  Predictions predict(
      QuantizedNetwork quantized,
      TestSet images,
      Function<String, Device> place,
      IntConsumer progress);

  /** Writes what {@code fabriq infer} runs. */
  void write(QuantizedNetwork quantized, Path file);
}
