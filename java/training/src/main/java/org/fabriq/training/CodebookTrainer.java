// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.model.Activation;
import org.fabriq.model.EncodedMlp;
import org.fabriq.model.Mlp;
import org.fabriq.quant.CodebookQuantizer;

/**
 * Trains a trained network of dense layers on with k-means codebooks: straight-through weights,
 * centroids that stay the means of their weights; see {@link CodebookLinear}. Only one trainer may
 * run in a JVM at a time, since PyTorch's random state is global.
 */
public final class CodebookTrainer {
  private final TrainingRecipe recipe;
  private final Path cache;

  /**
   * Prepares a training.
   *
   * @param cache folder for PyTorch's native library, see {@link TorchEngine#start}
   */
  public CodebookTrainer(TrainingRecipe recipe, Path cache) {
    this.recipe = recipe;
    this.cache = cache;
  }

  /**
   * Trains on from a network's weights; about 15 s per 60,000 images and epoch on a current core.
   *
   * @param quantizer fits the codebooks that weights start in, one per layer
   * @param images of as many pixels as the network takes, labels 0..9
   * @return the codes and codebooks of each layer's weights; no encodings of activations
   * @throws org.fabriq.ShapeException if the images do not fit the network
   */
  public EncodedMlp train(
      Mlp start, CodebookQuantizer quantizer, Samples images, QuantizedTrainer.Progress progress) {
    TorchEngine.start(cache).setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("mlp", TorchEngine.NAME)) {
      List<CodebookLinear> layers =
          start.layers().stream()
              .map(layer -> new CodebookLinear(model.getNDManager(), layer, quantizer))
              .toList();
      new FineTuning(model, layers, start.activation())
          .run(
              images,
              recipe,
              (epoch, loss) ->
                  progress.epochDone(epoch, loss, encoded(layers, start.activation()).mlp()));
      return encoded(layers, start.activation());
    }
  }

  private static EncodedMlp encoded(List<CodebookLinear> layers, Activation activation) {
    return EncodedMlp.of(
        new Mlp(layers.stream().map(FineTunedLinear::layer).toList(), activation),
        layers.stream().map(CodebookLinear::codes).toList(),
        Map.of());
  }
}
