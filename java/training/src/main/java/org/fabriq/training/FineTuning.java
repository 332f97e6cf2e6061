// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fabriq.data.Samples;

/**
 * Trains quantized layers on, by a {@link TrainingRecipe}, without dropout. Scales change at a
 * tenth of the rate of weights.
 */
final class FineTuning {
  private static final float RATE_OF_SCALES = 0.1f;

  private final Model model;
  private final List<? extends FineTunedLinear> layers;

  /**
   * Prepares; the layers keep what is reached.
   *
   * @param activation between the layers
   */
  FineTuning(
      Model model, List<? extends FineTunedLinear> layers, org.fabriq.model.Activation activation) {
    this.model = model;
    this.layers = layers;
    SequentialBlock block = new SequentialBlock();
    for (FineTunedLinear layer : layers) {
      boolean last = layer == layers.get(layers.size() - 1);
      block.add(layer).add(function(last ? org.fabriq.model.Activation.NONE : activation));
    }
    model.setBlock(block);
  }

  private static Block function(org.fabriq.model.Activation activation) {
    return switch (activation) {
      case NONE -> ai.djl.nn.Blocks.identityBlock();
      case TANH -> Activation.tanhBlock();
      case RELU -> Activation.reluBlock();
      case SIGMOID -> Activation.sigmoidBlock();
    };
  }

  void run(Samples images, TrainingRecipe recipe, TrainingLoop.EpochListener listener) {
    TrainingLoop loop = new TrainingLoop(images, recipe, layers.get(0).layer().inputs());
    try (Trainer trainer = model.newTrainer(configuration(images, recipe))) {
      loop.run(trainer, () -> layers.forEach(FineTunedLinear::afterStep), listener);
    }
  }

  private DefaultTrainingConfig configuration(Samples images, TrainingRecipe recipe) {
    Set<String> scales = new HashSet<>();
    layers.forEach(layer -> scales.addAll(layer.scales()));
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(
                (id, step) ->
                    recipe.rate(step, images.count()) * (scales.contains(id) ? RATE_OF_SCALES : 1))
            .build();
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(adam);
  }
}
