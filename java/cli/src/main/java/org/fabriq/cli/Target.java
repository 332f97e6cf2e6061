// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntConsumer;
import org.fabriq.model.Network;
import org.fabriq.quant.Encoding;
import org.fabriq.toolkit.QuantizedNetwork;

/** A network in a {@link Form}: run by its kernels, written to its files. */
interface Target {
  /** The network in fp32. */
  Network network();

  /** The encodings of layers' inputs by layer name; none where inputs stay fp32. */
  Map<String, Encoding> inputs(QuantizedNetwork quantized);

  /** The classes of the images by the kernels; {@code progress} is told the images done. */
  int[] predict(QuantizedNetwork quantized, TestSet images, IntConsumer progress);

  /** Writes what {@code fabriq infer} runs. */
  void write(QuantizedNetwork quantized, Path file);
}
