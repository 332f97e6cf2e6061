// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.ActivationQuantizers;
import picocli.CommandLine.Option;

/** Options that choose the encodings of activations, and the images they are fitted to. */
final class CalibrationOptions {
  private static final int DEFAULT_IMAGES = 5_000;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description =
          "Ranges are fitted to the first N training samples, and passes work with them. The"
              + " default is all of them, at most 5,000.")
  private Integer images;

  @Option(
      names = "--input-scheme",
      paramLabel = "SCHEME",
      defaultValue = "symmetric:8",
      description =
          "This scheme makes integers of the inputs of layers. It has one scale and a range, as"
              + " affine:8,percentile. The default is ${DEFAULT-VALUE}.")
  private String inputs;

  @Option(
      names = "--output-scheme",
      paramLabel = "SCHEME",
      defaultValue = "symmetric:8",
      description =
          "This scheme makes int8 of the outputs of layers, before the activation "
              + "function. The default is ${DEFAULT-VALUE}.")
  private String outputs;

  @Option(
      names = "--logit-scheme",
      paramLabel = "SCHEME",
      description =
          "This scheme does so for the last layer, as symmetric:8,cross-entropy. The "
              + "default is that of --output-scheme.")
  private String logits;

  /** Tells whether the number of samples was chosen. */
  boolean given() {
    return images != null;
  }

  /** Training samples to take at most. */
  int images() {
    if (images != null && images < 1) {
      throw new InvalidArgumentException(
          "--calibrate %d is below 1; a few hundred are enough for ranges".formatted(images));
    }
    return images == null ? DEFAULT_IMAGES : images;
  }

  ActivationQuantizers quantizers() {
    return new ActivationQuantizers(
        SchemeOption.ofActivations("--input-scheme", inputs),
        SchemeOption.ofActivations("--output-scheme", outputs),
        SchemeOption.ofActivations("--logit-scheme", logits == null ? outputs : logits));
  }
}
