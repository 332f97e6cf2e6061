// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import java.util.Random;
import org.fabriq.ShapeException;
import org.fabriq.data.Samples;
import org.fabriq.model.SampleShape;

/** Steps of a trainer over images, in batches, in a new order in each epoch. */
final class TrainingLoop {
  private final Samples images;
  private final TrainingRecipe recipe;
  private final SampleShape sample;
  private final Random random;

  /** Told after each epoch what has been reached. */
  @FunctionalInterface
  interface EpochListener {
    /**
     * Runs in the training thread.
     *
     * @param epoch from 1
     * @param loss mean training loss of the epoch, in nats per image
     */
    void epochDone(int epoch, double loss);
  }

  /**
   * Prepares.
   *
   * @param classes that the network tells apart
   * @param sample the shape of one image, as the network takes it
   * @throws ShapeException if the images have not as many values, or another class
   */
  TrainingLoop(Samples images, TrainingRecipe recipe, int classes, SampleShape sample) {
    checkFit(images, classes, sample);
    this.images = images;
    this.recipe = recipe;
    this.sample = sample;
    this.random = new Random(recipe.seed());
  }

  /** The shape of a batch. */
  private Shape batchShape(int images) {
    return TrainedWeights.shape(sample.tensorShape(images));
  }

  /**
   * Runs all epochs of the recipe.
   *
   * @param afterStep what follows each update of the parameters
   */
  void run(Trainer trainer, Runnable afterStep, EpochListener listener) {
    trainer.initialize(batchShape(recipe.batch()));
    for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
      int[] order = shuffled(images.count());
      double total = 0;
      for (int from = 0; from < order.length; from += recipe.batch()) {
        int to = Math.min(from + recipe.batch(), order.length);
        total += (to - from) * step(trainer, order, from, to);
        afterStep.run();
      }
      listener.epochDone(epoch, total / order.length);
    }
  }

  private double step(Trainer trainer, int[] order, int from, int to) {
    int size = images.size();
    float[] inputs = new float[(to - from) * size];
    float[] labels = new float[to - from];
    for (int i = from; i < to; i++) {
      images.input(order[i], inputs, (i - from) * size);
      labels[i - from] = images.label(order[i]);
    }
    try (NDManager manager = trainer.getManager().newSubManager()) {
      NDArray x = manager.create(inputs, batchShape(to - from));
      NDArray y = manager.create(labels);
      float loss = backward(trainer, x, y);
      trainer.step();
      return loss;
    }
  }

  private static float backward(Trainer trainer, NDArray x, NDArray y) {
    try (NDScope scope = new NDScope();
        GradientCollector gradients = trainer.newGradientCollector()) {
      scope.suppressNotUsedWarning();
      NDList logits = trainer.forward(new NDList(x));
      NDArray value = trainer.getLoss().evaluate(new NDList(y), logits);
      gradients.backward(value);
      return value.getFloat();
    }
  }

  private int[] shuffled(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static void checkFit(Samples images, int classes, SampleShape sample) {
    if (images.size() != sample.size() || !images.labelled()) {
      throw new ShapeException(
          "%s; the network takes %d values each, and labels".formatted(images, sample.size()));
    }
    for (int i = 0; i < images.count(); i++) {
      if (images.label(i) >= classes) {
        throw new ShapeException(
            "label %d of image %,d; the network knows the classes 0..%d"
                .formatted(images.label(i), i, classes - 1));
      }
    }
  }
}
