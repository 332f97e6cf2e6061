// SPDX-License-Identifier: Apache-2.0
package org.fabriq.toolkit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Network;
import org.fabriq.model.WeightedLayer;
import org.fabriq.quant.QuantizedWeights;
import org.fabriq.quant.WeightQuantizer;
import org.fabriq.tensor.Float32Tensor;

/**
 * Quantizes the weights of a network without training it again: first each weight to its nearest
 * code, then pass by pass to something better. A pass goes through the layers from the first to the
 * last, and chooses for each what is best for the inputs that the quantized layers before it give.
 *
 * <pre>
 *  WeightQuantizer quantizer = QuantizerSpec.parseWeights("per-channel:3,mse");
 *  PostTraining run = new PostTraining(network, quantizer, name -&gt; true, batches);
 *  run.round(AdaRound.DEFAULT);
 *  run.correctBias();
 *  Network ready = run.result().decoded();
 * </pre>
 *
 * <p>For use by one thread at a time. A pass runs both networks over the batches up to each layer,
 * once or more, and keeps no batch.
 */
public final class PostTraining {
  private final WeightQuantizer quantizer;
  private final Predicate<String> layers;
  private final Iterable<Float32Tensor> batches;
  private ExpectedInputs expected;
  private QuantizedNetwork current;

  /**
   * Folds batch normalizations and rounds to nearest.
   *
   * @param network in fp32
   * @param quantizer chooses the encoding or codebook of a layer's weights
   * @param layers which weighted layers are quantized, by name; the others stay fp32
   * @param batches calibration inputs, M x inputs each, gone through several times; training
   *     samples, never those accuracy is reported on
   */
  public PostTraining(
      Network network,
      WeightQuantizer quantizer,
      Predicate<String> layers,
      Iterable<Float32Tensor> batches) {
    this.quantizer = quantizer;
    this.layers = layers;
    this.batches = batches;
    this.expected = ExpectedInputs.of(network);
    this.current = nearest(BatchNormFolding.fold(network));
  }

  private QuantizedNetwork nearest(Network exact) {
    Network decoded = exact;
    Map<String, QuantizedWeights> weights = new HashMap<>();
    for (int i = 0; i < exact.layers().size(); i++) {
      if (exact.layers().get(i) instanceof WeightedLayer layer && layers.test(layer.name())) {
        QuantizedWeights codes = quantizer.quantize(layer.weight());
        weights.put(layer.name(), codes);
        decoded = decoded.with(i, layer.withWeight(codes.dequantize()));
      }
    }
    return new QuantizedNetwork(exact, decoded, weights);
  }

  /** The network as it is now. */
  public QuantizedNetwork result() {
    return current;
  }

  /**
   * Equalizes the layers of the fp32 network and rounds to nearest again.
   *
   * @throws InvalidArgumentException as {@link CrossLayerEqualization#equalize}
   */
  public void equalize() {
    CrossLayerEqualization.Result result =
        CrossLayerEqualization.equalize(current.exact(), expected);
    expected = result.expected();
    current = nearest(result.network());
  }

  /**
   * Chooses all codes anew; corrected biases stay.
   *
   * @throws InvalidArgumentException if the rounding does not go with the quantizer
   */
  public void round(WeightRounding rounding) {
    round(rounding, done -> {});
  }

  /**
   * The same, and says how far it has come.
   *
   * @param progress told the share of the weights that is done, 0 to 1; in the calling thread
   */
  public void round(WeightRounding rounding, DoubleConsumer progress) {
    rounding.check(quantizer);
    LayerProgress shares = new LayerProgress(current, progress);
    Map<String, QuantizedWeights> weights = new HashMap<>();
    Network decoded = current.exact();
    for (int i = 0; i < decoded.layers().size(); i++) {
      if (current.decoded().layers().get(i) instanceof WeightedLayer layer) {
        if (current.weights().containsKey(layer.name())) {
          LayerInputs inputs = new LayerInputs(current.exact(), decoded, i, batches);
          QuantizedWeights codes = rounding.round(inputs, quantizer, shares.within(layer));
          weights.put(layer.name(), codes);
          shares.done(layer);
          layer = layer.withWeight(codes.dequantize());
        }
        decoded = decoded.with(i, layer);
      }
    }
    current = new QuantizedNetwork(current.exact(), decoded, weights);
  }

  /** Corrects the biases of the quantized layers for the calibration batches. */
  public void correctBias() {
    correctBias(done -> {});
  }

  /**
   * The same, and says how far it has come.
   *
   * @param progress told the share of the weights that is done, 0 to 1; in the calling thread
   */
  public void correctBias(DoubleConsumer progress) {
    correct(BiasCorrection.EMPIRICAL, progress);
  }

  /**
   * Corrects the biases of the quantized layers whose inputs have known means; needs no batches.
   *
   * @throws InvalidArgumentException if no quantized layer has such inputs
   */
  public void correctBiasFromBatchNorm() {
    if (current.weights().keySet().stream().noneMatch(expected.layers()::contains)) {
      throw new InvalidArgumentException(
          "no quantized layer follows a batch normalization by ReLU, clip or average pooling only;"
              + " take bias, which corrects from calibration images");
    }
    correct(BiasCorrection.analytic(expected), done -> {});
  }

  private void correct(BiasCorrection correction, DoubleConsumer progress) {
    LayerProgress shares = new LayerProgress(current, progress);
    Network decoded = current.decoded();
    for (int i = 0; i < decoded.layers().size(); i++) {
      if (decoded.layers().get(i) instanceof WeightedLayer layer
          && current.weights().containsKey(layer.name())) {
        LayerInputs inputs = new LayerInputs(current.exact(), decoded, i, batches);
        decoded = decoded.with(i, layer.withBias(correction.corrected(inputs, layer.weight())));
        shares.done(layer);
      }
    }
    current = new QuantizedNetwork(current.exact(), decoded, current.weights());
  }
}
