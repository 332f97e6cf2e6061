// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import org.fabriq.InvalidArgumentException;

/**
 * What, beside the images, decides the outcome of a training.
 *
 * <p>Fixed for all networks: softmax cross entropy, Adam (beta 0.9, 0.999), weights initially
 * uniform within +-1 / sqrt(fan-in), which is PyTorch's default.
 *
 * @param seed of the initial weights, the dropout and the order of the images
 * @param epochs passes over the training images, 1 .. 1,000
 * @param batch images per step, 1 .. 10,000
 */
public record TrainingRecipe(int seed, int epochs, int batch) {
  /**
   * @throws InvalidArgumentException if epochs or batch is out of range
   */
  public TrainingRecipe {
    requireRange("epochs", epochs, 1_000);
    requireRange("batch", batch, 10_000);
  }

  /** Eight epochs in batches of 50: the recipe of the networks that FabriQ ships. */
  public static TrainingRecipe standard(int seed) {
    return new TrainingRecipe(seed, 8, 50);
  }

  /**
   * Adam's rate in an epoch from 0: 1e-3, after half of the epochs 3e-4, after 3/4 of them 1e-4.
   */
  float rate(int epoch) {
    if (2 * epoch < epochs) {
      return 1e-3f;
    }
    return 4 * epoch < 3 * epochs ? 3e-4f : 1e-4f;
  }

  /**
   * A configuration for new weights.
   *
   * @param images per epoch
   */
  DefaultTrainingConfig fromScratch(int images) {
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(
            Adam.builder().optLearningRateTracker((id, step) -> rate(step, images)).build())
        .optInitializer(
            new XavierInitializer(RandomType.UNIFORM, FactorType.IN, 1), Parameter.Type.WEIGHT);
  }

  /** Adam's rate in a step from 1 over so many images per epoch. */
  float rate(int step, int images) {
    return rate((step - 1) / ((images + batch - 1) / batch));
  }

  private static void requireRange(String name, int value, int limit) {
    if (value < 1 || value > limit) {
      throw new InvalidArgumentException(
          name + " " + value + " is outside 1.." + limit + "; choose another");
    }
  }
}
