// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.fabriq.FileFormatException;
import org.fabriq.io.ModelFile;
import org.fabriq.io.NpzFile;

/** The trained networks in this jar; each reads 28 x 28 pixels, pixel / 255, to 10 logits. */
public enum ShippedModel {
  /** Trained on the generated digits in fp32, 784-128-64-10, tanh. */
  DIGITS,
  /** Trained on MNIST in fp32, 784-128-64-10, tanh. */
  MNIST,
  /** Trained on from {@link #MNIST} with weights of 2 bits and activations of 8. */
  MNIST_W2,
  /** Trained on MNIST in fp32: twice convolution, batch normalization, ReLU, pooling; dense. */
  MNIST_CNN;

  /** What files and tables call it, as {@code mnist-w2}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads the network anew, with what codes of weights stand for where it has any.
   *
   * @throws FileFormatException if the jar was built without it
   */
  public Network network() {
    return switch (this) {
      case DIGITS, MNIST -> dense();
      case MNIST_W2 -> quantized().network();
      case MNIST_CNN -> Network.of(file());
    };
  }

  /**
   * Reads the network anew, with its codes where it has any.
   *
   * @throws FileFormatException if the jar was built without it
   */
  public QuantizedNetwork quantized() {
    return this == MNIST_W2 ? QuantizedNetwork.of(file()) : QuantizedNetwork.unquantized(network());
  }

  private ModelFile file() {
    return ModelFile.read(ShippedModel.class, word());
  }

  private Network dense() {
    String place = "jar:org/fabriq/model/" + word() + ".npz";
    try (InputStream in = ShippedModel.class.getResourceAsStream(word() + ".npz")) {
      if (in == null) {
        throw new FileFormatException(place, "no such resource", "build the jar again", null);
      }
      return DenseNpz.network(NpzFile.read(in, place), place, Activation.TANH);
    } catch (IOException e) {
      throw new FileFormatException(place, e.getMessage(), "build the jar again", e);
    }
  }
}
