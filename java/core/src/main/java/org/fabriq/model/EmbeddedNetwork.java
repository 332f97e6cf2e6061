// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.io.ModelFile;

/** The trained networks in this jar that are more than dense layers. */
public enum EmbeddedNetwork {
  /**
   * Trained on MNIST: twice 3 x 3 convolution, batch normalization, ReLU, pooling; then a dense
   * layer. From 1 x 28 x 28, pixel / 255, to 10 logits.
   */
  MNIST_CNN("mnist-cnn");

  private final String resource;

  EmbeddedNetwork(String resource) {
    this.resource = resource;
  }

  /**
   * Reads the network anew.
   *
   * @throws org.fabriq.FileFormatException if the jar was built without it
   */
  public Network load() {
    return Network.of(ModelFile.read(EmbeddedNetwork.class, resource));
  }
}
