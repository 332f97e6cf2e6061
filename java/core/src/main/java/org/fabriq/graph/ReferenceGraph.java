// SPDX-License-Identifier: Apache-2.0
package org.fabriq.graph;

import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/** Runs a graph by the definitions of its layers: slow and obvious; every device equals it. */
public final class ReferenceGraph {
  /** Sees what each layer makes of a batch. */
  @FunctionalInterface
  public interface Observer {
    /** Called after each layer, in order; the tensors must be left alone. */
    void layer(int index, IntegerLayer layer, Int8Tensor in, Tensor out);
  }

  private ReferenceGraph() {}

  /**
   * Runs a graph.
   *
   * @param codes M samples of input codes: axis 0 is M
   * @return M x output shape, int32 or int8 as {@link QuantizedGraph#outputType}; new, or a view of
   *     the codes where no layer computes
   */
  public static Tensor run(QuantizedGraph graph, Int8Tensor codes) {
    return run(graph, codes, (index, layer, in, out) -> {});
  }

  /** Runs a graph, and shows an observer what each layer makes of its inputs. */
  public static Tensor run(QuantizedGraph graph, Int8Tensor codes, Observer observer) {
    Tensor value = graph.samples(codes);
    for (int i = 0; i < graph.layers().size(); i++) {
      IntegerLayer layer = graph.layers().get(i);
      Int8Tensor in = (Int8Tensor) value;
      value = layer.reference(in);
      observer.layer(i, layer, in, value);
    }
    return value;
  }
}
