// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.InvalidArgumentException;
import org.fabriq.quant.ActivationQuantizers;
import org.fabriq.quant.Quantizer;
import org.fabriq.quant.QuantizerSpec;
import picocli.CommandLine.Option;

/** Options that choose the encodings of activations, and the images they are fitted to. */
final class CalibrationOptions {
  private static final int DEFAULT_IMAGES = 5_000;
  private static final String SPEC = " Any per-tensor scheme with a range, as affine:8,percentile.";

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description =
          "Training samples, from the first on, that ranges are fitted to and passes work with."
              + " Default: all, at most 5000.")
  private Integer images;

  @Option(
      names = "--input-scheme",
      paramLabel = "SCHEME",
      defaultValue = "symmetric:8",
      description = "Inputs of layers as integers." + SPEC + " Default: ${DEFAULT-VALUE}.")
  private String inputs;

  @Option(
      names = "--output-scheme",
      paramLabel = "SCHEME",
      defaultValue = "symmetric:8",
      description =
          "Outputs of layers as int8, before the activation function. Default: ${DEFAULT-VALUE}.")
  private String outputs;

  @Option(
      names = "--logit-scheme",
      paramLabel = "SCHEME",
      description =
          "The same of the last layer, as symmetric:8,cross-entropy. Default: that of"
              + " --output-scheme.")
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
        perTensor("--input-scheme", inputs),
        perTensor("--output-scheme", outputs),
        perTensor("--logit-scheme", logits == null ? outputs : logits));
  }

  private static Quantizer perTensor(String option, String text) {
    if (text.startsWith("per-channel")) {
      throw new InvalidArgumentException(
          "%s %s: kernels take activations of one scale; give a per-tensor scheme, as symmetric:8"
              .formatted(option, text));
    }
    return QuantizerSpec.parse(text);
  }
}
