// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What build-xclbin.sh --dry-run prints: commands in order, and the files it writes on its way. */
final class XclbinScript {
  private static final Pattern FILE = Pattern.compile("cat >(\\S+) <<'END'");

  private final List<List<String>> commands = new ArrayList<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  XclbinScript(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher file = FILE.matcher(lines.get(i));
      if (file.matches()) {
        int end = i + lines.subList(i, lines.size()).indexOf("END");
        files.put(file.group(1), String.join("\n", lines.subList(i + 1, end)) + "\n");
        i = end;
      } else if (!lines.get(i).startsWith("#")) {
        commands.add(List.of(lines.get(i).split(" ")));
      }
    }
  }

  List<List<String>> commands() {
    return commands;
  }

  /** Commands that begin with these words. */
  List<List<String>> commands(String... words) {
    return commands.stream()
        .filter(command -> command.size() >= words.length)
        .filter(command -> command.subList(0, words.length).equals(List.of(words)))
        .toList();
  }

  /** The value behind an option. */
  static String option(List<String> command, String name) {
    return command.get(command.indexOf(name) + 1);
  }

  Map<String, String> files() {
    return files;
  }

  /** The values of a key in a configuration file, in order. */
  List<String> values(String file, String key) {
    return Optional.ofNullable(files.get(file)).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  /** Every word of every command. */
  Stream<String> words() {
    return commands.stream().flatMap(List::stream);
  }
}
