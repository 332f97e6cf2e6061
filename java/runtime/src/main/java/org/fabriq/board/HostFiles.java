// SPDX-License-Identifier: Apache-2.0
package org.fabriq.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads a machine's files below a folder: / for this machine, a copy for another one. */
final class HostFiles {
  private final Path root;

  HostFiles(Path root) {
    this.root = root;
  }

  /** The file of an absolute path on the machine. */
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  boolean exists(String absolute) {
    return Files.exists(path(absolute));
  }

  /** A file's text without white space around it; empty if it cannot be read. */
  Optional<String> text(String absolute) {
    return text(path(absolute));
  }

  static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The value of a line "KEY: value" or "KEY value". */
  Optional<String> value(String file, String key) {
    return text(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).replaceFirst("^:?\\s*", ""))
        .findFirst();
  }

  /** What is in a folder, sorted; nothing if it is none. */
  List<Path> list(String folder) {
    return list(path(folder));
  }

  static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last name of what a symbolic link points to; empty if it is none. */
  Optional<String> linkName(String absolute) {
    return linkName(path(absolute));
  }

  static Optional<String> linkName(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).getFileName().toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a module of the kernel is there, loaded or built in. */
  boolean hasModule(String name) {
    return exists("/sys/module/" + name)
        || text("/proc/modules").stream()
            .flatMap(String::lines)
            .anyMatch(line -> line.startsWith(name + " "));
  }

  /** The user's id. */
  long user() {
    return numbers("Uid").stream().findFirst().orElse(-1L);
  }

  /** The user's groups. */
  List<Long> groups() {
    return Stream.concat(numbers("Gid").stream(), numbers("Groups").stream()).toList();
  }

  private List<Long> numbers(String key) {
    return value("/proc/self/status", key).stream()
        .flatMap(text -> Arrays.stream(text.split("\\s+")))
        .filter(text -> text.matches("\\d+"))
        .map(Long::valueOf)
        .toList();
  }

  /** A group's name, or its number. */
  String groupName(int id) {
    return text("/etc/group").stream()
        .flatMap(String::lines)
        .map(line -> line.split(":"))
        .filter(fields -> fields.length > 2 && fields[2].equals(String.valueOf(id)))
        .map(fields -> fields[0])
        .findFirst()
        .orElse(String.valueOf(id));
  }
}
