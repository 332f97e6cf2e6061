// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The multiplications that every implementation must get right: hls/test/shapes_matmul.txt. */
public final class ProblemList {
  private static final String PLACE = "hls/test/shapes_matmul.txt";

  private ProblemList() {}

  /** All problems of a file, in order. */
  public static List<Problem> read(Path file) {
    try {
      List<Problem> problems =
          Files.readAllLines(file).stream()
              .map(line -> line.replaceFirst("#.*", ""))
              .filter(line -> !line.isBlank())
              .map(Problem::parse)
              .toList();
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("no problems in " + file);
      }
      return problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The problems of the repository. */
  public static List<Problem> read() {
    return read(file());
  }

  /**
   * The file that the system property fabriq.shapes names, or the one of the checkout we run in.
   */
  public static Path file() {
    String property = System.getProperty("fabriq.shapes");
    if (property != null) {
      return Path.of(property);
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(PLACE))) {
        return folder.resolve(PLACE);
      }
    }
    throw new IllegalStateException(PLACE + " not found; give -Dfabriq.shapes=FILE");
  }
}
