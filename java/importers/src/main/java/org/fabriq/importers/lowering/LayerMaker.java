// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.lowering;

import java.util.List;
import org.fabriq.importers.graph.Codes;
import org.fabriq.importers.graph.Operation;
import org.fabriq.importing.ImportedModel;
import org.fabriq.model.FunctionLayer;
import org.fabriq.model.SampleShape;

/**
 * Makes the layers of a network one after the other, in fp32 or in integers.
 *
 * @param <T> what it knows of a tensor of the network
 */
interface LayerMaker<T> {
  /** Says what operation of the file the next layers are for. */
  void begin(String source);

  /** The network's input; codes may be null. */
  T input(SampleShape shape, Codes codes);

  /** The shape of a sample. */
  SampleShape shape(T x);

  /** An image as a vector. */
  T flatten(T x);

  T dense(Operation.Dense dense, T x);

  T conv2d(Operation.Conv2d conv, T x);

  T batchNorm(Operation.BatchNorm norm, T x);

  /** factor * x + offset, by channel of an image or value of a vector; null for 1 and 0. */
  T affine(PerChannel factor, PerChannel offset, T x);

  T maxPool(Operation.MaxPool pool, T x);

  T averagePool(Operation.AveragePool pool, T x);

  T globalAveragePool(T x);

  T pad(Operation.Pad pad, T x);

  T add(T left, T right);

  /** Along channels. */
  T concat(List<T> inputs);

  T clip(Operation.Clip clip, T x);

  T function(FunctionLayer layer, T x);

  /**
   * Codes by a table.
   *
   * @param codes what it gives
   */
  T table(Operation.Table table, Codes codes, T x);

  T softmax(boolean logarithm, T x);

  T argmax(T x);

  T quantize(Codes codes, T x);

  /** The network that gives this tensor. */
  ImportedModel finish(T output, List<String> notes);
}
