// SPDX-License-Identifier: Apache-2.0
package org.fabriq.ptq;

import java.util.List;
import java.util.SplittableRandom;
import org.fabriq.model.Activation;
import org.fabriq.model.ActivationLayer;
import org.fabriq.model.AveragePoolLayer;
import org.fabriq.model.DenseLayer;
import org.fabriq.model.FlattenLayer;
import org.fabriq.model.Layer;
import org.fabriq.model.MaxPoolLayer;
import org.fabriq.model.Network;
import org.fabriq.model.SampleShape;
import org.fabriq.model.Window;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.testing.RandomNetwork;
import org.fabriq.testing.Seed;

/** A small network with ReLU, random parameters and inputs for it. */
final class ReluNetwork {
  final RandomNetwork random;
  final Network network;

  ReluNetwork(String test) {
    SplittableRandom seeded = Seed.random(test);
    random = new RandomNetwork(seeded);
    List<Layer> layers =
        List.of(
            random.conv("conv1", 2, 6, 1, Window.square(3, 1, 1), false),
            random.norm("bn1", 6),
            new ActivationLayer("relu1", Activation.RELU),
            new AveragePoolLayer("pool1", Window.square(2, 2, 0), true),
            random.conv("conv2", 6, 4, 2, Window.square(3, 1, 1), true),
            new ActivationLayer("relu2", Activation.RELU),
            new MaxPoolLayer("pool2", Window.square(2, 2, 0)),
            new FlattenLayer("flat"),
            new DenseLayer("fc3", random.tensor(7, 16), random.tensor(7).toArray()),
            new ActivationLayer("relu3", Activation.RELU),
            new DenseLayer("fc4", random.tensor(5, 7), null));
    network = new Network(SampleShape.image(2, 8, 8), layers);
  }

  /** Batches of inputs in [-1, 1). */
  List<Float32Tensor> batches(int... sizes) {
    return java.util.Arrays.stream(sizes).mapToObj(m -> random.tensor(m, 2, 8, 8)).toList();
  }

  /** The mean squared difference of two networks' outputs. */
  static double difference(Network a, Network b, Iterable<Float32Tensor> batches) {
    double sum = 0;
    long count = 0;
    for (Float32Tensor batch : batches) {
      Float32Tensor x = a.forward(batch);
      Float32Tensor y = b.forward(batch);
      for (int i = 0; i < x.size(); i++) {
        sum += Math.pow((double) x.get(i) - y.get(i), 2);
      }
      count += x.size();
    }
    return sum / count;
  }
}
