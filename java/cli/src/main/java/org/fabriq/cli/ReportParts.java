// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabriq.FabriqException;

/** The files a report is made of: those that were given, and those its commands write now. */
final class ReportParts {
  private final Path folder;
  private final Screen screen;

  /**
   * Prepares.
   *
   * @param folder where commands write to; exists
   * @param screen where they print to
   */
  ReportParts(Path folder, Screen screen) {
    this.folder = folder;
    this.screen = screen;
  }

  /** The file of a part: the one given, or the one a command writes. */
  Path file(Path given, String name) {
    return given == null ? folder.resolve(name) : given;
  }

  /**
   * Reads a file that was given, or runs a command that writes it.
   *
   * @param command the command's name and arguments, without {@code --json}
   * @throws FabriqException if the command ends with another code than 0; it said why
   */
  JsonNode get(Path given, String name, List<String> command) {
    if (given != null) {
      return CommandFiles.read(given);
    }
    Path file = folder.resolve(name);
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--json", file.toString()));
    int code = FabriqCommand.commandLine(screen).execute(all.toArray(String[]::new));
    if (code != ExitCode.OK) {
      throw new FabriqException(
          "'fabriq %s' ended with code %d; see above".formatted(String.join(" ", all), code));
    }
    return CommandFiles.read(file);
  }

  /** Words, and an option with its value where there is one. */
  static List<String> words(String line, Object... optionsAndValues) {
    List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
    for (int i = 0; i < optionsAndValues.length; i += 2) {
      if (optionsAndValues[i + 1] != null) {
        words.add(optionsAndValues[i].toString());
        words.add(optionsAndValues[i + 1].toString());
      }
    }
    return words;
  }
}
