// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.fabriq.data.Samples;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;

/**
 * Trains a small convolutional network: twice 3 x 3 convolution (8, then 16 channels, padding 1, no
 * bias), batch normalization, ReLU, 2 x 2 max pooling; then a dense layer with bias to 10 classes.
 * Loss, optimizer and initial weights are those of {@link TrainingRecipe}, without dropout. Only
 * one trainer may run in a JVM at a time, since PyTorch's random state is global.
 */
public final class CnnTrainer {
  private static final int[] CHANNELS = {1, 8, 16};
  private static final SampleShape IMAGE = SampleShape.image(CHANNELS[0], 28, 28);
  private static final int CLASSES = 10;
  private static final float EPSILON = 1e-5f;

  private final TrainingRecipe recipe;
  private final Path cache;

  /**
   * Prepares a training.
   *
   * @param cache folder for PyTorch's native library, see {@link TorchEngine#start}
   */
  public CnnTrainer(TrainingRecipe recipe, Path cache) {
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
     * @param network as of now, with the running means and variances of batch normalization
     */
    void epochDone(int epoch, double loss, Network network);
  }

  /**
   * Trains from the beginning; about 20 s per 60,000 images and epoch on a current core.
   *
   * @param images of 28 x 28 pixels, labels 0..9; seen in a new order in each epoch
   * @return conv1, bn1, relu1, pool1, conv2, bn2, relu2, pool2, flat, fc1
   * @throws org.fabriq.ShapeException if the images do not fit the network
   * @throws org.fabriq.runtime.DeviceUnavailableException if PyTorch computes wrongly here
   */
  public Network train(Samples images, Progress progress) {
    TrainingLoop loop = new TrainingLoop(images, recipe, CLASSES, IMAGE);
    Engine engine = TorchEngine.start(cache);
    ConvolutionGradients.requireRight(engine);
    engine.setRandomSeed(recipe.seed());
    try (Model model = Model.newInstance("cnn", TorchEngine.NAME)) {
      model.setBlock(block());
      try (Trainer trainer = model.newTrainer(recipe.fromScratch(images.count()))) {
        loop.run(
            trainer, () -> {}, (epoch, loss) -> progress.epochDone(epoch, loss, network(model)));
      }
      return network(model);
    }
  }

  private static SequentialBlock block() {
    SequentialBlock network = new SequentialBlock();
    for (int i = 1; i < CHANNELS.length; i++) {
      network
          .add(convolution(CHANNELS[i]))
          .add(BatchNorm.builder().optEpsilon(EPSILON).build())
          .add(ai.djl.nn.Activation.reluBlock())
          .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
    }
    return network.add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(CLASSES).build());
  }

  private static Conv2d convolution(int filters) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .setFilters(filters)
        .optBias(false)
        .build();
  }

  /** The layers with the parameters as of now, which come in the order of the blocks. */
  private static Network network(Model model) {
    Iterator<Parameter> parameters = model.getBlock().getParameters().values().iterator();
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < CHANNELS.length; i++) {
      Float32Tensor weight = next(parameters);
      layers.add(new Conv2dLayer("conv" + i, weight, null, Window.square(3, 1, 1), 1));
      float[][] norm = new float[4][];
      for (int k = 0; k < norm.length; k++) {
        norm[k] = next(parameters).toArray();
      }
      layers.add(new BatchNormLayer("bn" + i, norm[0], norm[1], norm[2], norm[3], EPSILON));
      layers.add(new ActivationLayer("relu" + i, Activation.RELU));
      layers.add(new MaxPoolLayer("pool" + i, Window.square(2, 2, 0)));
    }
    layers.add(new FlattenLayer("flat"));
    layers.add(new DenseLayer("fc1", next(parameters), next(parameters).toArray()));
    return new Network(IMAGE, layers);
  }

  private static Float32Tensor next(Iterator<Parameter> parameters) {
    Parameter parameter = parameters.next();
    long[] shape = parameter.getShape().getShape();
    int[] dimensions = new int[shape.length];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = (int) shape[i];
    }
    return Float32Tensor.of(parameter.getArray().toFloatArray(), dimensions);
  }
}
