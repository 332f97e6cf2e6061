// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.data.Samples;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.Network;
import org.fabriq.model.ShippedModel;
import org.fabriq.plan.Arithmetic;
import org.fabriq.runtime.Device;

/** The shipped model of a {@link LimitRow}, in the row's form. */
final class LimitTarget {
  private LimitTarget() {}

  /** The model to be quantized as the row says; fp32 is the network that its weights are of. */
  static Target of(LimitRow row, Samples training, Device device) {
    boolean int8 = row.output() != QuantizationOptions.IntegerOutput.INT32;
    return new Target(
        network(row.model()),
        row.form(),
        exact -> calibration(row, exact, training),
        new Target.IntegerOptions(int8, OutputScales.CALIBRATED),
        device);
  }

  /** Weights of 2 bits were trained on from those in fp32. */
  private static Network network(ShippedModel model) {
    return (model == ShippedModel.MNIST_W2 ? ShippedModel.MNIST : model).network();
  }

  private static Calibration calibration(LimitRow row, Network exact, Samples training) {
    if (row.model() == ShippedModel.MNIST_W2) {
      return new Calibration(row.model().quantized().encodings());
    }
    return row.form() == Arithmetic.INTEGER
        ? FormOptions.ofIntegers(exact, training, row.inputs())
        : Calibration.of(
            exact, training.batches(WorkloadOptions.CALIBRATION_BATCH), row.activationQuantizers());
  }

  /** The codes that the model is shipped with. */
  static QuantizedResult shipped(LimitRow row) {
    return new QuantizedResult(network(row.model()), row.model().quantized());
  }
}
