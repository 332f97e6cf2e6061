// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Set;
import org.fabriq.model.DenseLayer;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Float32Tensor;

/**
 * A dense layer without its activation function that is trained on from its weights: it computes
 * with what their codes stand for, and its gradient goes straight through to the fp32 weights.
 */
abstract class FineTunedLinear extends AbstractBlock {
  private final DenseLayer start;
  private final Parameter weight;
  private final Parameter bias;

  FineTunedLinear(NDManager manager, DenseLayer start) {
    this.start = start;
    Shape shape = new Shape(start.outputs(), start.inputs());
    this.weight =
        add("weight", Parameter.Type.WEIGHT, manager.create(start.weight().toArray(), shape));
    this.bias =
        start.bias() == null
            ? null
            : add("bias", Parameter.Type.BIAS, manager.create(start.bias()));
  }

  private Parameter add(String name, Parameter.Type type, NDArray array) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(array.getShape())
            .optArray(array)
            .build());
  }

  /** A parameter's array, in a step. */
  interface Values {
    NDArray of(Parameter parameter);
  }

  /** What is multiplied in place of x, M x K. */
  NDArray input(NDArray x, Values values) {
    return x;
  }

  /** What is multiplied in place of w, N x K. */
  abstract NDArray weight(NDArray w, Values values);

  /** What is passed on in place of y, M x N. */
  NDArray output(NDArray y, Values values) {
    return y;
  }

  /** What follows each update of the parameters. */
  abstract void afterStep();

  /** The ids of parameters that are scales, which change more slowly. */
  Set<String> scales() {
    return Set.of();
  }

  /** The codes of the weights as of now. */
  abstract QuantizedWeights codes();

  @Override
  protected final NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> parameters) {
    NDArray x = inputs.singletonOrThrow();
    Values values = parameter -> store.getValue(parameter, x.getDevice(), training);
    NDArray w = weight(values.of(weight), values);
    NDArray y = input(x, values).matMul(w.transpose());
    return new NDList(output(bias == null ? y : y.add(values.of(bias)), values));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(inputShapes[0].get(0), start.outputs())};
  }

  /** The fp32 weights as of now, N x K. */
  final Float32Tensor weights() {
    return Float32Tensor.of(weight.getArray().toFloatArray(), start.outputs(), start.inputs());
  }

  /** The layer as of now, with the fp32 weights that codes are taken from. */
  final DenseLayer layer() {
    return start
        .withWeight(weights())
        .withBias(bias == null ? null : bias.getArray().toFloatArray());
  }
}
