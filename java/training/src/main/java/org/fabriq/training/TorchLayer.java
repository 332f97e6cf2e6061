// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import java.util.List;
import java.util.function.Function;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.HardSigmoidLayer;
import org.fabriq.model.HardSwishLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerType;
import org.fabriq.model.LeakyReluLayer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.PadLayer;

/**
 * How PyTorch computes a type of layer without weights, with gradients: a row of {@link #ALL}.
 *
 * @param rule what a layer makes of what it takes
 */
record TorchLayer<L extends Layer>(Class<L> type, Rule<L> rule) {
  /** Computes in PyTorch what {@link Layer#forward} does. */
  @FunctionalInterface
  interface Rule<L extends Layer> {
    NDArray forward(L layer, List<NDArray> inputs);
  }

  static final List<TorchLayer<?>> ALL =
      List.of(
          unary(FlattenLayer.class, layer -> x -> x.reshape(x.getShape().get(0), -1)),
          unary(
              PadLayer.class,
              layer ->
                  x ->
                      TorchWindow.padded(
                          x,
                          layer.top(),
                          layer.left(),
                          layer.bottom(),
                          layer.right(),
                          layer.value())),
          unary(MaxPoolLayer.class, layer -> x -> TorchWindow.max(layer, x)),
          unary(AveragePoolLayer.class, layer -> x -> TorchWindow.mean(layer, x)),
          unary(GlobalAveragePoolLayer.class, layer -> TorchWindow::mean),
          new TorchLayer<>(AddLayer.class, (layer, in) -> in.get(0).add(in.get(1))),
          new TorchLayer<>(
              ConcatLayer.class,
              (layer, in) -> NDArrays.concat(new NDList(in.toArray(NDArray[]::new)), 1)),
          unary(ActivationLayer.class, layer -> x -> function(layer.activation(), x)),
          unary(ClipLayer.class, layer -> x -> x.clip(layer.min(), layer.max())),
          unary(LeakyReluLayer.class, layer -> x -> Activation.leakyRelu(x, layer.slope())),
          unary(
              HardSigmoidLayer.class,
              layer -> x -> x.mul(layer.slope()).add(layer.offset()).clip(0, 1)),
          unary(HardSwishLayer.class, layer -> x -> x.mul(x.div(6).add(0.5).clip(0, 1))));

  private static <L extends Layer> TorchLayer<L> unary(
      Class<L> type, Function<L, Function<NDArray, NDArray>> rule) {
    return new TorchLayer<>(type, (layer, in) -> rule.apply(layer).apply(in.get(0)));
  }

  private static NDArray function(org.fabriq.model.Activation activation, NDArray x) {
    return switch (activation) {
      case NONE -> x;
      case TANH -> x.tanh();
      case RELU -> Activation.relu(x);
      case SIGMOID -> Activation.sigmoid(x);
    };
  }

  /**
   * Computes what a layer without weights gives.
   *
   * @throws InvalidArgumentException if its type has no row
   */
  static NDArray forward(Layer layer, List<NDArray> inputs) {
    return row(layer).apply(layer, inputs);
  }

  /**
   * Refuses a layer that is not trained.
   *
   * @throws InvalidArgumentException if its type has no row
   */
  static void check(Layer layer) {
    row(layer);
  }

  private static TorchLayer<?> row(Layer layer) {
    return ALL.stream()
        .filter(row -> row.type().isInstance(layer))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidArgumentException(
                    ("layer %s (%s) is not trained where it is; fold normalization into the layer"
                            + " before it, put softmax and argmax last")
                        .formatted(layer.name(), LayerType.word(layer))));
  }

  private NDArray apply(Layer layer, List<NDArray> inputs) {
    return rule.forward(type.cast(layer), inputs);
  }
}
