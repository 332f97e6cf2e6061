// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import org.fabriq.measure.Noise;
import picocli.CommandLine.Option;

/** The option that withholds noisy times, of every command that prints times. */
final class QuietOption {
  static final String NAME = "--only-quiet";

  @Option(
      names = NAME,
      description =
          "Noisy times are withheld, and only what disturbed them is printed. Without "
              + "this option they are printed, each marked with '?'.")
  private boolean onlyQuiet;

  boolean onlyQuiet() {
    return onlyQuiet;
  }

  /** What hands it on to another command, a blank before it; empty if it was not given. */
  String handedOn() {
    return onlyQuiet ? " " + NAME : "";
  }

  /** Whether to print times. */
  boolean shows(Noise noise) {
    return noise.shown(onlyQuiet);
  }
}
