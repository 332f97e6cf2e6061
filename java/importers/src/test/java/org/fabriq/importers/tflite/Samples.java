// SPDX-License-Identifier: Apache-2.0
package org.fabriq.importers.tflite;

import java.util.SplittableRandom;
import org.fabriq.model.SampleShape;
import org.fabriq.tensor.Float32Tensor;
import org.fabriq.tensor.Int8Tensor;

/** Samples of a file's layout, channels last, as FabriQ's, channels first. */
final class Samples {
  private Samples() {}

  /** Random codes or values for the input of a model. */
  static double[] random(TfliteModel model, SplittableRandom random) {
    TfliteTensor input = model.tensor(model.inputs()[0]);
    double[] values = new double[(int) input.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = input.isFloat() ? (float) random.nextDouble(-2, 2) : random.nextInt(-128, 128);
    }
    return values;
  }

  static Int8Tensor codes(double[] file, SampleShape shape) {
    Int8Tensor tensor = Int8Tensor.allocate(shape.tensorShape(1));
    for (int i = 0; i < file.length; i++) {
      tensor.set(place(i, shape), (byte) file[i]);
    }
    return tensor;
  }

  static Float32Tensor values(double[] file, SampleShape shape) {
    Float32Tensor tensor = Float32Tensor.allocate(shape.tensorShape(1));
    for (int i = 0; i < file.length; i++) {
      tensor.set(place(i, shape), (float) file[i]);
    }
    return tensor;
  }

  private static int place(int i, SampleShape shape) {
    if (!shape.isImage()) {
      return i;
    }
    int pixel = i / shape.channels();
    return i % shape.channels() * shape.height() * shape.width() + pixel;
  }
}
