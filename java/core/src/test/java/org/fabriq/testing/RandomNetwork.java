// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AddLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.BatchNormLayer;
import org.fabriq.model.ClipLayer;
import org.fabriq.model.ConcatLayer;
import org.fabriq.model.Conv2dLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.GlobalAveragePoolLayer;
import org.fabriq.model.HardSigmoidLayer;
import org.fabriq.model.HardSwishLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.LayerGraph;
import org.fabriq.model.LeakyReluLayer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.Node;
import org.fabriq.model.PadLayer;
import org.fabriq.model.SampleShape;
import org.fabriq.model.SoftmaxLayer;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;

/** Small networks with random parameters, and random values for them. */
public final class RandomNetwork {
  private final SplittableRandom random;

  public RandomNetwork(SplittableRandom random) {
    this.random = random;
  }

  /** Values in [-1, 1). */
  public Float32Tensor tensor(int... shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) random.nextDouble(-1, 1));
    }
    return tensor;
  }

  /** Windows with strides, asymmetric padding and dilations; the kernel is at most 3 x 3. */
  public static Stream<Window> windows() {
    return Stream.of(
        Window.square(1, 1, 0),
        Window.square(2, 2, 0),
        Window.square(3, 1, 1),
        Window.square(3, 2, 1),
        new Window(1, 3, 1, 1, 0, 1, 0, 1, 1, 1),
        new Window(2, 3, 2, 1, 0, 1, 1, 2, 1, 1),
        new Window(3, 2, 1, 3, 2, 0, 1, 1, 2, 1),
        new Window(3, 3, 3, 2, 2, 2, 2, 2, 2, 2));
  }

  public Conv2dLayer conv(
      String name, int inputs, int outputs, int groups, Window window, boolean bias) {
    Float32Tensor weight =
        tensor(outputs, inputs / groups, window.kernelHeight(), window.kernelWidth());
    return new Conv2dLayer(name, weight, bias ? tensor(outputs).toArray() : null, window, groups);
  }

  public BatchNormLayer norm(String name, int channels) {
    float[] variance = tensor(channels).toArray();
    for (int i = 0; i < channels; i++) {
      variance[i] = Math.abs(variance[i]);
    }
    return new BatchNormLayer(
        name,
        tensor(channels).toArray(),
        tensor(channels).toArray(),
        tensor(channels).toArray(),
        variance,
        1e-5f);
  }

  /** 2x9x8 to 5 values, with every kind of layer. */
  public Network ofEveryLayer() {
    return new Network(
        SampleShape.image(2, 9, 8),
        List.of(
            conv("conv1", 2, 6, 1, Window.square(3, 1, 1), false),
            norm("bn1", 6),
            new ActivationLayer("relu1", Activation.RELU),
            new MaxPoolLayer("pool1", Window.square(2, 2, 0)),
            conv("conv2", 6, 4, 2, new Window(2, 3, 1, 1, 0, 1, 1, 1, 1, 1), true),
            new ClipLayer("clip2", -0.5f, 0.75f),
            conv("conv3", 4, 4, 4, new Window(3, 2, 1, 1, 2, 0, 1, 1, 2, 1), true),
            new ActivationLayer("tanh3", Activation.TANH),
            new AveragePoolLayer("pool3", new Window(2, 2, 2, 1, 1, 0, 0, 1, 1, 1), true),
            new FlattenLayer("flat"),
            new DenseLayer("fc4", tensor(7, 32), tensor(7).toArray()),
            new ActivationLayer("sigmoid4", Activation.SIGMOID),
            new DenseLayer("fc5", tensor(5, 7), null)));
  }

  /** 3x8x6 to 4 logits: branches that join by add and concat, and every function. */
  public Network ofBranches() {
    List<Node<Layer>> nodes =
        List.of(
            Node.of(new PadLayer("pad", 1, 0, 0, 2, 0.25f), "input"),
            Node.of(conv("stem", 3, 6, 1, Window.square(3, 1, 1), true), "pad"),
            Node.of(new ActivationLayer("relu", Activation.RELU), "stem"),
            Node.of(conv("wise", 6, 6, 6, Window.square(3, 2, 1), true), "relu"),
            Node.of(new ClipLayer("relu6", 0, 6), "wise"),
            Node.of(conv("short", 6, 6, 1, Window.square(1, 2, 0), false), "relu"),
            Node.of(new AddLayer("sum"), "relu6", "short"),
            Node.of(new ActivationLayer("sumrelu", Activation.RELU), "sum"),
            Node.of(new LeakyReluLayer("leaky", 0.125f), "sumrelu"),
            Node.of(new HardSwishLayer("swish"), "short"),
            Node.of(new HardSigmoidLayer("gate", 0.2f, 0.5f), "short"),
            Node.of(new ConcatLayer("join", 3), "leaky", "swish", "gate"),
            Node.of(new AddLayer("twice"), "join", "join"),
            Node.of(new GlobalAveragePoolLayer("mean"), "twice"),
            Node.of(new FlattenLayer("flat"), "mean"),
            Node.of(new DenseLayer("fc", tensor(4, 18), tensor(4).toArray()), "flat"),
            Node.of(new SoftmaxLayer("softmax", false), "fc"));
    return new Network(SampleShape.image(3, 8, 6), new LayerGraph<>(nodes));
  }
}
