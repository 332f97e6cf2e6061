// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.util.List;
import org.fabriq.tensor.Float32Tensor;

/** Sees what each layer of a network makes of a batch. */
@FunctionalInterface
public interface LayerObserver {
  /**
   * Called after each layer, in order. The tensors may share memory and must be left alone.
   *
   * @param index of the layer, from 0
   * @param in what it was given, in the order of its inputs
   * @param out what it made of it
   */
  void layer(int index, Layer layer, List<Float32Tensor> in, Float32Tensor out);
}
