// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.io.IOException;
import java.io.InputStream;
import org.fabriq.FileFormatException;
import org.fabriq.io.NpzFile;

/** The trained networks in this jar, 784-128-64-10, with tanh after all layers but the last. */
public enum EmbeddedModel {
  /** Trained on the generated digits. */
  DIGITS("digits.npz"),
  /** Trained on MNIST. */
  MNIST("mnist.npz");

  private final String resource;

  EmbeddedModel(String resource) {
    this.resource = resource;
  }

  /**
   * Reads the network anew.
   *
   * @throws FileFormatException if the jar was built without it
   */
  public Mlp load() {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileFormatException(
            "jar:org/fabriq/model/" + resource, "no such resource", "build the jar again", null);
      }
      return Mlp.of(NpzFile.read(in, "jar:org/fabriq/model/" + resource), Activation.TANH);
    } catch (IOException e) {
      throw new FileFormatException(
          "jar:org/fabriq/model/" + resource, e.getMessage(), "build the jar again", e);
    }
  }
}
