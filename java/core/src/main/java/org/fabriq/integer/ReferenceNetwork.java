// SPDX-License-Identifier: Apache-2.0
package org.fabriq.integer;

import java.util.List;
import org.fabriq.tensor.Int8Tensor;
import org.fabriq.tensor.Tensor;

/**
 * Runs an integer network by the definitions of its layers: slow and obvious; every device equals
 * it.
 */
public final class ReferenceNetwork {
  /** Sees what each layer makes of a batch. */
  @FunctionalInterface
  public interface Observer {
    /** Called after each layer, in order; the tensors must be left alone. */
    void layer(int index, IntegerLayer layer, List<Int8Tensor> in, Tensor out);
  }

  private ReferenceNetwork() {}

  /**
   * Runs an integer network.
   *
   * @param codes M samples of input codes: axis 0 is M
   * @return M x output shape, int32 or int8 as {@link IntegerNetwork#outputType}; new, or a view of
   *     the codes where no layer computes
   */
  public static Tensor run(IntegerNetwork network, Int8Tensor codes) {
    return run(network, codes, (index, layer, in, out) -> {});
  }

  /** Runs an integer network, and shows an observer what each layer makes of its inputs. */
  public static Tensor run(IntegerNetwork network, Int8Tensor codes, Observer observer) {
    return network
        .graph()
        .<Tensor>run(
            network.samples(codes),
            (i, in) -> {
              IntegerLayer layer = network.graph().layer(i);
              List<Int8Tensor> taken = in.stream().map(Int8Tensor.class::cast).toList();
              Tensor out = layer.reference(taken);
              observer.layer(i, layer, taken, out);
              return out;
            });
  }
}
