// SPDX-License-Identifier: Apache-2.0
package org.fabriq.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fabriq.InvalidArgumentException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Refuses to write a file where there can be none, or over one that the same command reads, or
 * writes too, before any work is done. A model is two files: who names NAME.npz or NAME.json means
 * both.
 */
final class OutputFiles {
  private static final Set<String> OUTPUTS = Set.of("--out", "--json", "--csv", "--trace");

  private final Map<Path, String> taken = new HashMap<>();

  private OutputFiles() {}

  /**
   * Checks the files that the options and parameters of a command line name.
   *
   * @throws InvalidArgumentException if an output is an input or another output, or a folder, or
   *     its folder is not there
   */
  static void check(ParseResult line) {
    ParseResult command = line;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    OutputFiles files = new OutputFiles();
    for (ArgSpec argument : command.matchedArgs()) {
      if (!isOutput(argument)) {
        paths(argument).forEach(file -> files.read(file, name(argument)));
      }
    }
    for (ArgSpec argument : command.matchedArgs()) {
      if (argument.getValue() instanceof Path file && isOutput(argument)) {
        files.write(file, name(argument));
      }
    }
  }

  /** The files that an argument names: one, or several in a list. */
  private static List<Path> paths(ArgSpec argument) {
    Object value = argument.getValue();
    Collection<?> values = value instanceof Collection<?> several ? several : List.of(value);
    return values.stream().filter(Path.class::isInstance).map(Path.class::cast).toList();
  }

  private static boolean isOutput(ArgSpec argument) {
    return argument instanceof OptionSpec option && OUTPUTS.contains(option.longestName());
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private void read(Path file, String option) {
    pair(file).forEach(each -> taken.put(each, option + " " + file));
  }

  private void write(Path file, String option) {
    requireFolder(file, option);
    Set<Path> written = option.equals("--out") ? pair(file) : Set.of(real(file));
    for (Path each : written) {
      requireNoOther(each, file, option);
      String before = taken.put(each, option + " " + file);
      if (before != null) {
        throw new InvalidArgumentException(
            "%s %s would be written over %s, which is %s; name another file"
                .formatted(option, file, each.getFileName(), before));
      }
    }
  }

  private static void requireFolder(Path file, String option) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidArgumentException(
          "%s %s: folder %s does not exist; make it or choose another"
              .formatted(option, file, folder));
    }
    if (!Files.exists(file) && !Files.isWritable(folder)) {
      throw new InvalidArgumentException(
          "%s %s: this user may not write to folder %s; choose another"
              .formatted(option, file, folder));
    }
  }

  /** Refuses a folder in the place of a file; of what is no stream, a FIFO and a device, too. */
  private static void requireNoOther(Path each, Path file, String option) {
    boolean model = option.equals("--out");
    if (Files.isDirectory(each) || model && Files.exists(each) && !Files.isRegularFile(each)) {
      throw new InvalidArgumentException(
          "%s %s: %s is %s; name a file"
              .formatted(option, file, each, Files.isDirectory(each) ? "a folder" : "no file"));
    }
  }

  /** The file, and its partner where it may be one half of a model. */
  private static Set<Path> pair(Path file) {
    Set<Path> pair = new LinkedHashSet<>();
    pair.add(real(file));
    String name = file.toString();
    if (name.endsWith(".npz")) {
      pair.add(real(Path.of(name.substring(0, name.length() - 4) + ".json")));
    } else if (name.endsWith(".json")) {
      pair.add(real(Path.of(name.substring(0, name.length() - 5) + ".npz")));
    }
    return pair;
  }

  /** One path for a file, however it is named. */
  private static Path real(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
