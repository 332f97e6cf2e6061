// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.fabriq.data.Samples;
import org.fabriq.integer.IntegerNetwork;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Calibration;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.model.WeightedLayer;
import org.fabriq.plan.Arithmetic;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.CodebookQuantizer;
import org.fabriq.quant.Encoding;
import org.fabriq.quant.QuantizedTensor;
import org.fabriq.quant.Quantizer;

/**
 * Quantization-aware training of a trained network: straight-through weights and activations,
 * learned scales and, by choice, zero points, or codebooks whose centroids stay the means of their
 * weights. Batch normalization is folded before. Only one trainer may run in a JVM at a time, since
 * PyTorch's random state is global.
 *
 * <p>Encodings of activations that are not trained are fitted afterwards to training images,
 * symmetric with 8 bits.
 */
public final class QuantizedTrainer {
  private static final int CALIBRATION_IMAGES = 5_000;
  private static final int CALIBRATION_BATCH = 500;

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
     * @param network as of now, with what the codes of its weights stand for
     */
    void epochDone(int epoch, double loss, Network network);
  }

  /**
   * Trains on from a network's weights; about 6 s per 60,000 images and epoch on a current core for
   * the dense network that FabriQ ships.
   *
   * @param images of as many values as the network takes, with a class each that it has an output
   *     for
   * @return the network with batch normalization folded, the codes of all its weights and the
   *     encodings of its tensors
   * @throws org.fabriq.InvalidArgumentException if a layer or an encoding cannot be trained
   * @throws org.fabriq.ShapeException if the images do not fit the network
   * @throws org.fabriq.runtime.DeviceUnavailableException if PyTorch computes gradients of its
   *     convolutions wrongly here
   */
  public QuantizedNetwork train(
      Network start, TrainedQuantization quantization, Samples images, Progress progress) {
    Network whole = BatchNormFolding.fold(start);
    Network network = withoutEpilogue(whole);
    Engine engine = TorchEngine.start(cache);
    if (network.layers().stream().anyMatch(Conv2dLayer.class::isInstance)) {
      ConvolutionGradients.requireRight(engine);
    }
    engine.setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("network", TorchEngine.NAME)) {
      NDManager manager = model.getNDManager();
      TrainedNetwork trained =
          new TrainedNetwork(
              network,
              weights(manager, quantization),
              tensors(manager, network, quantization, images));
      new FineTuning(model, trained, network)
          .run(
              images,
              recipe,
              (epoch, loss) -> progress.epochDone(epoch, loss, trained.quantized(whole).network()));
      return complete(trained.quantized(whole), quantization, images);
    }
  }

  private static Network withoutEpilogue(Network network) {
    int last = Math.max(0, network.epilogueStart() - 1);
    return new Network(network.input(), network.graph().upTo(last));
  }

  private static Function<WeightedLayer, TrainedWeights> weights(
      NDManager manager, TrainedQuantization quantization) {
    if (quantization.weights() instanceof CodebookQuantizer codebooks) {
      return layer -> new CodebookWeights(manager, layer, codebooks);
    }
    Quantizer scales = (Quantizer) quantization.weights();
    return layer -> new ScaledWeights(manager, layer, scales.fit(layer.weight()));
  }

  private static TensorQuantizers tensors(
      NDManager manager, Network network, TrainedQuantization quantization, Samples images) {
    if (!quantization.form().sumsIntegers()) {
      return new TensorQuantizers(manager, network, new Calibration(Map.of()), false);
    }
    Calibration calibration = calibration(network, quantization.activations(), images);
    TensorQuantizers tensors =
        new TensorQuantizers(manager, network, calibration, quantization.zeroPoints());
    if (quantization.form() == Arithmetic.I8I8) {
      return tensors.aroundWeights();
    }
    Map<String, QuantizedTensor> codes = new HashMap<>();
    for (String name : network.weightedLayers()) {
      WeightedLayer layer = network.weightedLayer(name);
      codes.put(name, quantization.weights().quantize(layer.weight()).integers());
    }
    Set<String> calibrated = IntegerNetwork.calibratedLayers(network, codes, calibration);
    return tensors.asIntegers(images.arePixels() ? IntegerNetwork.PIXELS : null, calibrated);
  }

  private static Calibration calibration(Network network, Quantizer quantizer, Samples images) {
    Samples some = images.head(Math.min(CALIBRATION_IMAGES, images.count()));
    return Calibration.of(
        network, some.batches(CALIBRATION_BATCH), ActivationQuantizers.all(quantizer));
  }

  /** Fits the encodings that were not trained. */
  private static QuantizedNetwork complete(
      QuantizedNetwork trained, TrainedQuantization quantization, Samples images) {
    Quantizer others =
        quantization.form() == Arithmetic.INTEGER
            ? quantization.activations()
            : ActivationQuantizers.DEFAULT.inputs();
    Map<String, Encoding> encodings =
        new HashMap<>(calibration(trained.network(), others, images).encodings());
    if (quantization.form() == Arithmetic.INTEGER && images.arePixels()) {
      encodings.put(LayerGraph.INPUT, IntegerNetwork.PIXELS);
    }
    encodings.putAll(trained.encodings());
    return trained.with(new Calibration(encodings));
  }
}
