// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Locale;
import org.fabriq.model.EmbeddedEncodedModel;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.EmbeddedNetwork;
import org.fabriq.plan.Calibration;
import org.fabriq.plan.LayerQuantization;
import org.fabriq.plan.QuantizedModel;
import org.fabriq.runtime.Device;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.toolkit.QuantizedNetwork;

/** The shipped models that limits are of. */
enum ShippedModel {
  /** Trained on MNIST in fp32, 784-128-64-10. */
  MNIST,
  /** Trained on from {@link #MNIST} with weights of 2 bits; fp32 is the network it started from. */
  MNIST_W2,
  /** Trained on MNIST in fp32, two convolutions with batch normalization. */
  MNIST_CNN;

  /** As it is in tables and files. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The model in the form of a row. */
  Target target(LimitRow row, Iterable<Float32Tensor> batches, Device device) {
    boolean int8 = row.output() != QuantizationOptions.IntegerOutput.INT32;
    return switch (this) {
      case MNIST ->
          row.form() == Form.GRAPH
              ? new GraphTarget(EmbeddedModel.MNIST.load().network(), batches, row.inputs(), device)
              : new MlpTarget(
                  EmbeddedModel.MNIST.load(),
                  row.form(),
                  Calibration.of(EmbeddedModel.MNIST.load(), batches, row.activationQuantizers()),
                  int8,
                  device);
      case MNIST_W2 ->
          new MlpTarget(EmbeddedModel.MNIST.load(), row.form(), shippedEncodings(), int8, device);
      case MNIST_CNN ->
          new GraphTarget(EmbeddedNetwork.MNIST_CNN.load(), batches, row.inputs(), device);
    };
  }

  private static Calibration shippedEncodings() {
    QuantizedModel shipped = QuantizedModel.of(EmbeddedEncodedModel.MNIST_W2.load());
    return new Calibration(
        shipped.layers().stream().map(LayerQuantization::input).toList(),
        shipped.layers().stream().map(LayerQuantization::output).toList());
  }

  /** The codes it is shipped with, or null where it has none. */
  QuantizedNetwork codes() {
    if (this != MNIST_W2) {
      return null;
    }
    var shipped = EmbeddedEncodedModel.MNIST_W2.load();
    return new QuantizedNetwork(
        EmbeddedModel.MNIST.load().network(), shipped.mlp().network(), shipped.weights());
  }
}
