// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.initializer.XavierInitializer.FactorType;
import ai.djl.training.initializer.XavierInitializer.RandomType;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.fabriq.ShapeException;
import org.fabriq.data.LabelledImages;
import org.fabriq.tensor.Float32Tensor;

/**
 * Trains one 784-128-64-10 network by a {@link TrainingRecipe}. Only one trainer may run in a JVM
 * at a time, since PyTorch's random state is global.
 */
public final class MlpTrainer {
  private static final int[] WIDTHS = {784, 128, 64, 10};

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
   * @throws ShapeException if the images do not fit the network
   */
  public Map<String, Float32Tensor> train(LabelledImages images, Progress progress) {
    checkFit(images);
    TorchEngine.start(cache).setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("mlp", TorchEngine.NAME)) {
      model.setBlock(network());
      int steps = (images.count() + recipe.batch() - 1) / recipe.batch();
      try (Trainer trainer = model.newTrainer(configuration(steps))) {
        trainer.initialize(new Shape(recipe.batch(), WIDTHS[0]));
        Random random = new Random(recipe.seed());
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
          double loss = epoch(trainer, images, shuffled(images.count(), random));
          progress.epochDone(epoch, loss, weights(model));
        }
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
        .add(Dropout.builder().optRate(TrainingRecipe.DROPOUT).build())
        .add(linear(WIDTHS[3]));
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).optBias(false).build();
  }

  private DefaultTrainingConfig configuration(int stepsPerEpoch) {
    Adam adam =
        Adam.builder()
            .optLearningRateTracker((id, step) -> recipe.rate((step - 1) / stepsPerEpoch))
            .build();
    return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
        .optOptimizer(adam)
        .optInitializer(
            new XavierInitializer(RandomType.UNIFORM, FactorType.IN, 1), Parameter.Type.WEIGHT);
  }

  private double epoch(Trainer trainer, LabelledImages images, int[] order) {
    double total = 0;
    for (int from = 0; from < order.length; from += recipe.batch()) {
      int to = Math.min(from + recipe.batch(), order.length);
      total += (to - from) * step(trainer, images, order, from, to);
    }
    return total / order.length;
  }

  private static double step(
      Trainer trainer, LabelledImages images, int[] order, int from, int to) {
    float[] inputs = new float[(to - from) * WIDTHS[0]];
    float[] labels = new float[to - from];
    for (int i = from; i < to; i++) {
      int pixel = order[i] * WIDTHS[0];
      for (int k = 0; k < WIDTHS[0]; k++) {
        inputs[(i - from) * WIDTHS[0] + k] = (images.pixels()[pixel + k] & 0xff) / 255f;
      }
      labels[i - from] = images.label(order[i]);
    }
    try (NDManager scope = trainer.getManager().newSubManager()) {
      NDArray x = scope.create(inputs, new Shape(to - from, WIDTHS[0]));
      NDArray y = scope.create(labels);
      float loss;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(new NDList(x));
        NDArray value = trainer.getLoss().evaluate(new NDList(y), logits);
        gradients.backward(value);
        loss = value.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  private static int[] shuffled(int count, Random random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
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

  private static void checkFit(LabelledImages images) {
    if (images.rows() * images.columns() != WIDTHS[0]) {
      throw new ShapeException(
          "images of %d x %d pixels; the network takes 28 x 28"
              .formatted(images.rows(), images.columns()));
    }
    for (int i = 0; i < images.count(); i++) {
      if (images.label(i) >= WIDTHS[WIDTHS.length - 1]) {
        throw new ShapeException(
            "label %d of image %,d; the network knows the classes 0..9"
                .formatted(images.label(i), i));
      }
    }
  }
}
