// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.model.Activation;
import org.fabriq.model.Calibration;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.model.Network;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.Quantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Quantization-aware training of a trained network of dense layers: straight-through weights and
 * activations, learned scales. Only one trainer may run in a JVM at a time, since PyTorch's random
 * state is global.
 *
 * <p>Inputs of all layers and outputs of all but the last are quantized as int8 x int8 kernels do
 * it. What is not trained is fitted afterwards, symmetric with 8 bits, to training images.
 */
public final class QuantizedTrainer {
  private static final int CALIBRATION_IMAGES = 5_000;

  private final TrainingRecipe recipe;
  private final Path cache;

  /**
   * Prepares a training.
   *
   * @param cache folder for PyTorch's native library, see {@link TorchEngine#start}
   */
  public QuantizedTrainer(TrainingRecipe recipe, Path cache) {
    this.recipe = recipe;
    this.cache = cache;
  }

  /** Told after each epoch what has been reached. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Runs in the training thread.
     *
     * @param epoch from 1
     * @param loss mean training loss of the epoch, in nats per image
     * @param mlp as of now, with what the codes of its weights stand for
     */
    void epochDone(int epoch, double loss, Mlp mlp);
  }

  /**
   * Trains on from a network's weights; about 6 s per 60,000 images and epoch on a current core.
   *
   * @param weights fits the encodings that weights start in, of 2 to 8 bits
   * @param activations the same for activations, per tensor; null to train with fp32 activations
   * @param images of as many pixels as the network takes, labels 0..9
   * @throws org.fabriq.InvalidArgumentException if an encoding has other bits
   * @throws org.fabriq.ShapeException if the images do not fit the network
   */
  public EncodedMlp train(
      Mlp start, Quantizer weights, Quantizer activations, Samples images, Progress progress) {
    Float32Tensor inputs = images.inputs(0, Math.min(CALIBRATION_IMAGES, images.count()));
    TorchEngine.start(cache).setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("mlp", TorchEngine.NAME)) {
      List<ScaledLinear> layers =
          activations == null
              ? layers(model.getNDManager(), start, weights, null)
              : layers(
                  model.getNDManager(),
                  start,
                  weights,
                  Calibration.of(
                      start.network(), List.of(inputs), ActivationQuantizers.all(activations)));
      new FineTuning(model, layers, start.activation())
          .run(
              images,
              recipe,
              (epoch, loss) ->
                  progress.epochDone(
                      epoch, loss, encoded(layers, start.activation(), Map.of()).mlp()));
      Mlp trained = encoded(layers, start.activation(), Map.of()).mlp();
      return encoded(layers, start.activation(), fitted(trained, inputs));
    }
  }

  private static List<ScaledLinear> layers(
      NDManager manager, Mlp start, Quantizer weights, Calibration calibration) {
    List<ScaledLinear> layers = new ArrayList<>();
    for (int i = 0; i < start.layers().size(); i++) {
      DenseLayer layer = start.layers().get(i);
      boolean last = i == start.layers().size() - 1;
      layers.add(
          new ScaledLinear(
              manager,
              layer,
              weights.fit(layer.weight()),
              calibration == null ? null : input(start.network(), layer.name(), calibration),
              calibration == null || last ? null : calibration.of(layer.name())));
    }
    return layers;
  }

  /** The encoding of what a layer takes. */
  private static Encoding input(Network network, String layer, Calibration calibration) {
    return calibration.of(network.graph().nodes().get(network.index(layer)).inputs().get(0));
  }

  private static Map<String, Encoding> fitted(Mlp mlp, Float32Tensor inputs) {
    Network network = mlp.network();
    Calibration calibration =
        Calibration.of(network, List.of(inputs), ActivationQuantizers.DEFAULT);
    Map<String, Encoding> encodings = new LinkedHashMap<>();
    for (String name : network.weightedLayers()) {
      encodings.put(name + ".input", input(network, name, calibration));
      encodings.put(name + ".output", calibration.of(name));
    }
    return encodings;
  }

  /** The layers as of now; trained encodings of activations take the place of others. */
  private static EncodedMlp encoded(
      List<ScaledLinear> layers, Activation activation, Map<String, Encoding> others) {
    Map<String, Encoding> activations = new LinkedHashMap<>(others);
    layers.forEach(layer -> activations.putAll(layer.activations()));
    return EncodedMlp.of(
        new Mlp(layers.stream().map(FineTunedLinear::layer).toList(), activation),
        layers.stream().map(ScaledLinear::codes).toList(),
        activations);
  }
}
