// SPDX-License-Identifier: Apache-2.0
package org.fabriq.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import java.util.Random;
import org.fabriq.runtime.DeviceUnavailableException;

/**
 * Whether PyTorch computes gradients of convolutions rightly on this machine. The oneDNN in PyTorch
 * 2.5.1 makes code for the processor that it finds, and on some (seen on a virtual AMD EPYC with
 * AVX-512, for AVX2 code too) its gradients with respect to a convolution's input are wrong, so
 * that the layers before it would learn from noise. Its code for SSE 4.1 is right there.
 */
final class ConvolutionGradients {
  /** The variable that limits the instructions of oneDNN's code, and the limit that is right. */
  private static final String REMEDY = "ONEDNN_MAX_CPU_ISA=SSE41";

  private static final int SAMPLES = 3;
  private static final int CHANNELS = 2;
  private static final int FILTERS = 4;
  private static final int SIDE = 7;
  private static final int TAPS = 3;
  private static final int OUT = SIDE - TAPS + 1;
  private static final double TOLERANCE = 1e-4;

  private final Random random = new Random(1);
  private final float[] x = draw(SAMPLES * CHANNELS * SIDE * SIDE);
  private final float[] w = draw(FILTERS * CHANNELS * TAPS * TAPS);
  private final float[] factors = draw(SAMPLES * FILTERS * OUT * OUT);

  private ConvolutionGradients() {}

  /**
   * Refuses an engine whose gradients are wrong. Takes some milliseconds.
   *
   * @throws DeviceUnavailableException with the remedy
   */
  static void requireRight(Engine engine) {
    ConvolutionGradients small = new ConvolutionGradients();
    require(small.found(engine), small.expected());
  }

  static void require(float[] found, double[] expected) {
    double error = greatestDifference(found, expected);
    if (!(error <= TOLERANCE)) {
      throw new DeviceUnavailableException(
          ("gradients of a convolution are %.3g off, limit %.3g: PyTorch computes wrongly on this"
                  + " processor; set the environment variable %s")
              .formatted(error, TOLERANCE, REMEDY));
    }
  }

  private static double greatestDifference(float[] found, double[] expected) {
    double greatest = 0;
    for (int i = 0; i < expected.length; i++) {
      greatest = Math.max(greatest, Math.abs(found[i] - expected[i]));
    }
    return greatest;
  }

  /** The gradient of the sum of all outputs, each times its factor, as PyTorch gives it. */
  private float[] found(Engine engine) {
    try (NDManager manager = engine.newBaseManager();
        GradientCollector gradients = engine.newGradientCollector()) {
      NDArray in = manager.create(x, new Shape(SAMPLES, CHANNELS, SIDE, SIDE));
      in.setRequiresGradient(true);
      NDArray out =
          Conv2d.conv2d(in, manager.create(w, new Shape(FILTERS, CHANNELS, TAPS, TAPS)))
              .singletonOrThrow();
      gradients.backward(out.flatten().mul(manager.create(factors)).sum());
      return in.getGradient().toFloatArray();
    }
  }

  /** The same by its definition. */
  private double[] expected() {
    double[] gradient = new double[x.length];
    for (int out = 0; out < factors.length; out++) {
      int column = out % OUT;
      int row = out / OUT % OUT;
      int filter = out / (OUT * OUT) % FILTERS;
      int sample = out / (OUT * OUT * FILTERS);
      for (int tap = 0; tap < CHANNELS * TAPS * TAPS; tap++) {
        int image = sample * CHANNELS + tap / (TAPS * TAPS);
        int pixel = (row + tap / TAPS % TAPS) * SIDE + column + tap % TAPS;
        gradient[image * SIDE * SIDE + pixel] +=
            (double) factors[out] * w[filter * CHANNELS * TAPS * TAPS + tap];
      }
    }
    return gradient;
  }

  private float[] draw(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
