// SPDX-License-Identifier: Apache-2.0
package org.fabriq.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of a JVM like this one, with its class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /**
   * Gives the beginning of the command; the main class and its arguments are to be added.
   *
   * @param options of the JVM
   */
  public static List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Java 24 and later would warn of native code.
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** Gives the words as a shell reads them again, with blanks between them. */
  public static String quoted(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
