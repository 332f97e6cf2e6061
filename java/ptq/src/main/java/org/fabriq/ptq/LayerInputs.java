// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.WeightedLayer;
import org.fabriq.tensor.Float32Tensor;

/**
 * What a layer is given for the calibration batches: by the network in fp32, and by the network
 * whose layers before it are quantized. Nothing is kept: each pass over the batches runs both
 * networks up to the layer anew.
 */
public final class LayerInputs {
  private final WeightedLayer layer;
  private final Activation activation;
  private final SampleShape input;
  private final Network exact;
  private final Network quantized;
  private final Iterable<Float32Tensor> batches;

  /**
   * Prepares.
   *
   * @param exact in fp32
   * @param quantized the same layers, with decoded weights before the layer
   * @param index of a weighted layer
   * @param batches M x inputs each, gone through once for each pass
   */
  public LayerInputs(Network exact, Network quantized, int index, Iterable<Float32Tensor> batches) {
    this.layer = (WeightedLayer) exact.layers().get(index);
    this.activation = after(exact, index);
    this.input = exact.input();
    this.exact = exact.before(index);
    this.quantized = quantized.before(index);
    this.batches = batches;
  }

  private static Activation after(Network network, int index) {
    int next = network.graph().onlyReader(index);
    return next >= 0 && network.graph().layer(next) instanceof ActivationLayer function
        ? function.activation()
        : Activation.NONE;
  }

  /** What is done with a batch. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Called batch by batch.
     *
     * @param exact what the fp32 network gives the layer
     * @param quantized what the quantized one gives it
     */
    void visit(Float32Tensor exact, Float32Tensor quantized);
  }

  /** The layer in fp32. */
  public WeightedLayer layer() {
    return layer;
  }

  /** The activation function directly after the layer. */
  public Activation activation() {
    return activation;
  }

  /** Visits the layer's inputs, as {@link WeightedLayer#forward} takes them. */
  public void forEach(Visitor visitor) {
    for (Float32Tensor batch : batches) {
      visitor.visit(forward(exact, batch), forward(quantized, batch));
    }
  }

  /** What is done with a group's rows of a batch. */
  @FunctionalInterface
  public interface RowVisitor {
    /**
     * Called group by group within batch by batch.
     *
     * @param exact rows x weights of an output, of the fp32 network
     * @param quantized as many rows, of the quantized one
     */
    void visit(int group, Float32Tensor exact, Float32Tensor quantized);
  }

  /** Visits the rows that the weights multiply, see {@link WeightedLayer#inputRows}. */
  public void forEachRows(RowVisitor visitor) {
    forEach(
        (exact, quantized) -> {
          for (int group = 0; group < layer.groups(); group++) {
            visitor.visit(group, layer.inputRows(exact, group), layer.inputRows(quantized, group));
          }
        });
  }

  private Float32Tensor forward(Network network, Float32Tensor x) {
    return network == null ? x.reshape(input.tensorShape(x.dimension(0))) : network.forward(x);
  }
}
