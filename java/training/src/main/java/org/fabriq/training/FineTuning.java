// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import org.fabriq.data.Samples;
import org.fabriq.model.Network;

/** Trains a quantized network on, by a {@link TrainingRecipe}, without dropout. */
final class FineTuning {
  private final Model model;
  private final TrainedNetwork trained;
  private final Network network;

  /**
   * Prepares.
   *
   * @param trained keeps what is reached
   * @param network what it is of
   */
  FineTuning(Model model, TrainedNetwork trained, Network network) {
    this.model = model;
    this.trained = trained;
    this.network = network;
    model.setBlock(trained);
  }

  void run(Samples images, TrainingRecipe recipe, TrainingLoop.EpochListener listener) {
    TrainingLoop loop = new TrainingLoop(images, recipe, network.output().size(), network.input());
    try (Trainer trainer = model.newTrainer(configuration(images, recipe))) {
      loop.run(trainer, trained::afterStep, listener);
    }
  }

  private DefaultTrainingConfig configuration(Samples images, TrainingRecipe recipe) {
    Adam adam =
        Adam.builder()
            .optLearningRateTracker(
                (id, step) -> recipe.rate(step, images.count()) * trained.rate(id))
            .build();
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(adam);
  }
}
