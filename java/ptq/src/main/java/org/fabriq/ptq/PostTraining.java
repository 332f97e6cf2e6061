// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.Predicate;
import org.fabriq.InvalidArgumentException;
import org.fabriq.model.BatchNormFolding;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
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
 *  Network ready = run.result().network();
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
  private Network exact;
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
    this.exact = BatchNormFolding.fold(network);
    this.current = nearest();
  }

  private QuantizedNetwork nearest() {
    Map<String, QuantizedWeights> weights = new HashMap<>();
    for (String name : exact.weightedLayers()) {
      if (layers.test(name)) {
        weights.put(name, quantizer.quantize(exact.weightedLayer(name).weight()));
      }
    }
    return QuantizedNetwork.of(exact, weights, Map.of());
  }

  /** The network in fp32 that the result stands for; equalized, if that was asked for. */
  public Network exact() {
    return exact;
  }

  /**
   * The network as it is now, with corrected biases; without encodings of activations. It has the
   * layers of {@link #exact}.
   */
  public QuantizedNetwork result() {
    return current;
  }

  /**
   * Equalizes the layers of the fp32 network and rounds to nearest again.
   *
   * @throws InvalidArgumentException as {@link CrossLayerEqualization#equalize}
   */
  public void equalize() {
    CrossLayerEqualization.Result result = CrossLayerEqualization.equalize(exact, expected);
    expected = result.expected();
    exact = result.network();
    current = nearest();
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
    Network decoded = exact;
    for (String name : exact.weightedLayers()) {
      int i = exact.index(name);
      WeightedLayer layer = current.layer(name);
      if (current.weights().containsKey(name)) {
        LayerInputs inputs = new LayerInputs(exact, decoded, i, batches);
        QuantizedWeights codes = rounding.round(inputs, quantizer, shares.within(layer));
        weights.put(name, codes);
        shares.done(layer);
        layer = layer.withWeight(codes.dequantize());
      }
      decoded = decoded.with(i, layer);
    }
    current = new QuantizedNetwork(decoded, weights, Map.of());
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
    Network decoded = current.network();
    for (String name : current.weights().keySet()) {
      int i = decoded.index(name);
      WeightedLayer layer = decoded.weightedLayer(name);
      LayerInputs inputs = new LayerInputs(exact, decoded, i, batches);
      decoded = decoded.with(i, layer.withBias(correction.corrected(inputs, layer.weight())));
      shares.done(layer);
    }
    current = new QuantizedNetwork(decoded, current.weights(), Map.of());
  }
}
