// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import org.fabriq.files.ModelFiles;
import org.fabriq.model.Activation;
import org.fabriq.model.Model;
import picocli.CommandLine.Option;

/** The file of a model, of whatever form, and what the file does not say. */
final class ModelOption {
  static final String NAME = "--weights";
  static final String ACTIVATION = "--activation";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description =
          "The model comes from this file: what 'fabriq quantize' or 'fabriq import' wrote, an .npz"
              + " with fc1w, fc2w, fc3w [, fc1b ...], or one with names as PyTorch gives them. The"
              + " default, where a model runs, is shipped weights that were trained on the chosen"
              + " data.")
  private Path file;

  @Option(
      names = ACTIVATION,
      paramLabel = "NAME",
      converter = ActivationConverter.class,
      description =
          "All layers but the last apply this function: none, tanh, relu or sigmoid. "
              + "An .npz with fc1w, ... does not say it and needs this option; the lab's "
              + "weights use tanh. The default is what the file says.")
  private Activation activation;

  /** Whether there is a file. */
  boolean given() {
    return file != null;
  }

  /** The file, or null. */
  Path file() {
    return file;
  }

  /** What was asked for, or null. */
  Activation activation() {
    return activation;
  }

  /**
   * Opens the file.
   *
   * @throws org.fabriq.FabriqException as {@link ModelFiles#open}
   */
  Model open() {
    return ModelFiles.open(file, activation);
  }
}
