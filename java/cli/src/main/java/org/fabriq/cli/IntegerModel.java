// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.nio.file.Path;
import org.fabriq.InvalidArgumentException;
import org.fabriq.files.ModelFiles;
import org.fabriq.integer.IntegerNetwork;
import picocli.CommandLine.Parameters;

/** The file of a command that takes an integer network. */
final class IntegerModel {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "The network comes from this file, which 'fabriq quantize --form integer' or"
              + " 'fabriq import' wrote.")
  private Path file;

  /**
   * Opens the file.
   *
   * @param quantize the command that makes such a network
   * @throws InvalidArgumentException if it holds another model
   */
  IntegerNetwork open(String quantize) {
    return open(file, quantize);
  }

  /** The same of any file. */
  static IntegerNetwork open(Path file, String quantize) {
    if (ModelFiles.open(file, null) instanceof IntegerNetwork network) {
      return network;
    }
    throw new InvalidArgumentException(
        "%s is no integer network; make one of it by '%s'".formatted(file, quantize));
  }
}
