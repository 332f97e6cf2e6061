// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.Locale;
import org.fabriq.data.Samples;
import org.fabriq.integer.OutputScales;
import org.fabriq.model.Calibration;
import org.fabriq.model.EmbeddedEncodedModel;
import org.fabriq.model.EmbeddedModel;
import org.fabriq.model.EmbeddedNetwork;
import org.fabriq.model.Network;
import org.fabriq.model.QuantizedNetwork;
import org.fabriq.runtime.Device;

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
  Target target(LimitRow row, Samples training, Device device) {
    boolean int8 = row.output() != QuantizationOptions.IntegerOutput.INT32;
    return new Target(
        network(),
        row.form(),
        exact -> calibration(row, exact, training),
        new Target.IntegerOptions(int8, OutputScales.CALIBRATED),
        device);
  }

  private Network network() {
    return switch (this) {
      case MNIST, MNIST_W2 -> EmbeddedModel.MNIST.load().network();
      case MNIST_CNN -> EmbeddedNetwork.MNIST_CNN.load();
    };
  }

  private Calibration calibration(LimitRow row, Network exact, Samples training) {
    if (this == MNIST_W2) {
      return new Calibration(shipped().encodings());
    }
    return row.form() == Arithmetic.INTEGER
        ? FormOptions.ofIntegers(exact, training, row.inputs())
        : Calibration.of(
            exact, training.batches(WorkloadOptions.CALIBRATION_BATCH), row.activationQuantizers());
  }

  private static QuantizedNetwork shipped() {
    return EmbeddedEncodedModel.MNIST_W2.load();
  }

  /** The codes it is shipped with, or null where it has none. */
  QuantizedResult codes() {
    return this == MNIST_W2 ? new QuantizedResult(network(), shipped()) : null;
  }
}
