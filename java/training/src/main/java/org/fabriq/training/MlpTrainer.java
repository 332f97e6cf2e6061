// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fabriq.data.Samples;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Float32Tensor;

/**
 * Trains one 784-128-64-10 network by a {@link TrainingRecipe}: no bias, tanh after layers 1 and 2,
 * dropout 0.5 before layer 3. Only one trainer may run in a JVM at a time, since PyTorch's random
 * state is global.
 */
public final class MlpTrainer {
  private static final int[] WIDTHS = {784, 128, 64, 10};
  private static final float DROPOUT = 0.5f;

  private final TrainingRecipe recipe;
  private final Path cache;

  /**
   * Prepares a training.
   *
   * @param cache folder for PyTorch's native library, see {@link TorchEngine#start}
   */
  public MlpTrainer(TrainingRecipe recipe, Path cache) {
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
     * @param weights as of now, as {@link MlpTrainer#train} returns them
     */
    void epochDone(int epoch, double loss, Map<String, Float32Tensor> weights);
  }

  /**
   * Trains from the beginning; about 3 s per 60,000 images and epoch on a current core.
   *
   * @param images of 28 x 28 pixels, labels 0..9; seen in a new order in each epoch
   * @return fc1w 128 x 784, fc2w 64 x 128, fc3w 10 x 64
   * @throws org.fabriq.ShapeException if the images do not fit the network
   */
  public Map<String, Float32Tensor> train(Samples images, Progress progress) {
    TrainingLoop loop =
        new TrainingLoop(images, recipe, WIDTHS[WIDTHS.length - 1], SampleShape.vector(WIDTHS[0]));
    TorchEngine.start(cache).setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("mlp", TorchEngine.NAME)) {
      model.setBlock(network());
      try (Trainer trainer = model.newTrainer(recipe.fromScratch(images.count()))) {
        loop.run(
            trainer, () -> {}, (epoch, loss) -> progress.epochDone(epoch, loss, weights(model)));
        return weights(model);
      }
    }
  }

  private static SequentialBlock network() {
    return new SequentialBlock()
        .add(linear(WIDTHS[1]))
        .add(Activation.tanhBlock())
        .add(linear(WIDTHS[2]))
        .add(Activation.tanhBlock())
        .add(Dropout.builder().optRate(DROPOUT).build())
        .add(linear(WIDTHS[3]));
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).optBias(false).build();
  }

  private static Map<String, Float32Tensor> weights(Model model) {
    Map<String, Float32Tensor> weights = new LinkedHashMap<>();
    for (Parameter parameter : model.getBlock().getParameters().values()) {
      int layer = weights.size() + 1;
      weights.put(
          "fc" + layer + "w",
          Float32Tensor.of(parameter.getArray().toFloatArray(), WIDTHS[layer], WIDTHS[layer - 1]));
    }
    return weights;
  }
}
