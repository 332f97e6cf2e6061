// SPDX-License-Identifier: Apache-2.0
package org.fabriq.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.fabriq.FileFormatException;
import org.fabriq.io.EncodingsFile;
import org.fabriq.io.NpzFile;

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
   * @throws FileFormatException if the jar was built without it
   */
  public EncodedMlp load() {
    String place = "jar:org/fabriq/model/" + resource;
    try (InputStream npz = getClass().getResourceAsStream(resource + ".npz");
        InputStream json = getClass().getResourceAsStream(resource + ".json")) {
      if (npz == null || json == null) {
        throw new FileFormatException(
            place, "no resources of this name in .npz and .json", "build the jar again", null);
      }
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      return EncodedMlp.of(
          NpzFile.read(npz, place + ".npz"), EncodingsFile.parse(text, place + ".json"));
    } catch (IOException e) {
      throw new FileFormatException(place, e.getMessage(), "build the jar again", e);
    }
  }
}
