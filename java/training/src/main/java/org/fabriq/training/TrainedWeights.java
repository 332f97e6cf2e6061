// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.tensor.Float32Tensor;

/**
 * The weights and the bias of a layer that is trained on: it computes with what the codes of its
 * weights stand for, and its gradient goes straight through to the fp32 weights.
 */
abstract class TrainedWeights {
  private final WeightedLayer start;
  private final Parameter weight;
  private final Parameter bias;

  TrainedWeights(NDManager manager, WeightedLayer start) {
    this.start = start;
    this.weight =
        parameter(
            "weight",
            Parameter.Type.WEIGHT,
            manager.create(start.weight().toArray(), shape(start.weight().shape())));
    this.bias =
        start.bias() == null
            ? null
            : parameter("bias", Parameter.Type.BIAS, manager.create(start.bias()));
  }

  private Parameter parameter(String what, Parameter.Type type, NDArray array) {
    return Parameter.builder()
        .setName(start.name() + "." + what)
        .setType(type)
        .optShape(array.getShape())
        .optArray(array)
        .build();
  }

  /** A shape of PyTorch's. */
  static Shape shape(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).asLongStream().toArray());
  }

  /** What the trainer changes, weights first. */
  final List<Parameter> parameters() {
    return Stream.concat(Stream.of(weight, bias).filter(any -> any != null), encoding()).toList();
  }

  /** The parameters of the encoding of the weights. */
  Stream<Parameter> encoding() {
    return Stream.empty();
  }

  /** What is multiplied in place of w. */
  abstract NDArray quantized(NDArray w, ParameterValues values);

  /** What follows each update of the parameters. */
  abstract void afterStep();

  /** The codes of the weights as of now. */
  abstract QuantizedWeights codes();

  /** What the layer gives for x. */
  final NDArray forward(NDArray x, ParameterValues values) {
    NDArray w = quantized(values.of(weight), values);
    NDArray y =
        start instanceof Conv2dLayer conv
            ? TorchWindow.convolution(conv, x, w)
            : x.matMul(w.transpose());
    return bias == null ? y : y.add(perOutput(values.of(bias)));
  }

  private NDArray perOutput(NDArray values) {
    return start instanceof Conv2dLayer ? values.reshape(1, -1, 1, 1) : values;
  }

  /** The fp32 weights as of now. */
  final Float32Tensor weights() {
    return Float32Tensor.of(weight.getArray().toFloatArray(), start.weight().shape());
  }

  /** The layer as of now, with the fp32 weights that codes are taken from. */
  final WeightedLayer layer() {
    return start
        .withWeight(weights())
        .withBias(bias == null ? null : bias.getArray().toFloatArray());
  }
}
