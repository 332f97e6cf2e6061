// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import org.fabriq.io.ModelFile;

/** The networks in this jar that were trained with quantized weights, 784-128-64-10. */
public enum EmbeddedEncodedModel {
  /** Trained on MNIST with weights of 2 bits and activations of 8. */
  MNIST_W2("mnist-w2");

  private final String resource;

  EmbeddedEncodedModel(String resource) {
    this.resource = resource;
  }

  /**
   * Reads the network anew.
   *
   * @throws org.fabriq.FileFormatException if the jar was built without it
   */
  public QuantizedNetwork load() {
    return QuantizedNetwork.of(ModelFile.read(EmbeddedEncodedModel.class, resource));
  }
}
