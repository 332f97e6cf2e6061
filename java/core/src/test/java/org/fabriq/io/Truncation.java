// SPDX-License-Identifier: Apache-2.0
package org.fabriq.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.fabriq.FileFormatException;

/** Cuts a file at every byte. */
final class Truncation {
  private Truncation() {}

  /** Every proper prefix of the file must be a format error that names it, and nothing else. */
  static void assertEveryPrefixFails(byte[] whole, Path file, Consumer<Path> read)
      throws IOException {
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read.accept(file))
          .as("%d bytes", length)
          .isExactlyInstanceOf(FileFormatException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
