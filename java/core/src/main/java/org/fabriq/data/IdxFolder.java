// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/**
 * Reads a folder with MNIST, or a data set of the same form: {@code PART-images-idx3-ubyte} with
 * {@code PART-labels-idx1-ubyte}, each plain or with {@code .gz}. A PART that ends in {@code train}
 * is for training; one that ends in {@code t10k} or {@code test} is for measuring; any other, alone
 * in its folder, is for both, and so is a PART that is named alone.
 */
final class IdxFolder implements DataSource {
  private static final Pattern IMAGES =
      Pattern.compile("(?<part>.*?)-?images(?<dot>[-.])idx3-ubyte(\\.gz)?");

  private final Path folder;
  private final Map<String, Path> parts;
  private final String test;
  private final String train;

  /**
   * Finds out what parts are for.
   *
   * @param prefix how the names of all of them begin; that of one alone names that one for both
   */
  private IdxFolder(Path folder, Map<String, Path> parts, String prefix) {
    this.folder = folder;
    this.parts = parts;
    List<String> tests = parts.keySet().stream().filter(name -> isTest(name)).toList();
    List<String> trains = parts.keySet().stream().filter(name -> isTrain(name)).toList();
    boolean named = parts.containsKey(prefix);
    boolean whole = parts.size() == 1 && (named || tests.isEmpty() && trains.isEmpty());
    boolean single = tests.size() < 2 && trains.size() < 2;
    if (!whole && (!single || tests.size() + trains.size() < parts.size())) {
      throw new FileFormatException(
          folder.toString(),
          "IDX files",
          "images of " + String.join(", ", parts.keySet()),
          "those of one data set",
          "name one as FOLDER/PREFIX, as %s".formatted(folder.resolve(prefix(parts.keySet()))));
    }
    this.test = whole ? parts.keySet().iterator().next() : tests.isEmpty() ? null : tests.get(0);
    this.train = whole ? test : trains.isEmpty() ? null : trains.get(0);
  }

  private static String prefix(Iterable<String> parts) {
    return parts.iterator().next().replaceFirst("-?(train|test|t10k)$", "");
  }

  private static boolean isOf(String prefix, String part) {
    return prefix.isEmpty() || part.equals(prefix) || part.startsWith(prefix + "-");
  }

  private static boolean isTest(String part) {
    return part.endsWith("t10k") || part.endsWith("test");
  }

  private static boolean isTrain(String part) {
    return part.endsWith("train");
  }

  /** Finds the data set of the image files whose names begin so; nothing where there are none. */
  static Optional<IdxFolder> find(Path folder, String prefix) {
    Map<String, Path> parts = new TreeMap<>();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    // Sorted, a plain file comes before the same with .gz, and is the one that stays.
    for (Path file : list(folder)) {
      Matcher name = IMAGES.matcher(file.getFileName().toString());
      if (name.matches() && isOf(prefix, name.group("part"))) {
        parts.putIfAbsent(name.group("part"), file);
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(new IdxFolder(folder, parts, prefix));
  }

  /** What is in the folder, sorted. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new FileFormatException(
          folder.toString(), "cannot be read: " + IoReason.of(e), "check its permissions", e);
    }
  }

  @Override
  public String form() {
    return "IDX images with labels" + (divided() ? ", to measure on %s".formatted(test) : "");
  }

  @Override
  public boolean divided() {
    return test == null || !test.equals(train);
  }

  @Override
  public void check(Split split) {
    String part = split == Split.TEST ? test : train;
    if (part == null) {
      String present = split == Split.TEST ? train : test;
      throw missing(
          (split == Split.TEST ? "t10k" : "train") + "-images-idx3-ubyte",
          "put it there, or name %s, which then serves for both"
              .formatted(folder.resolve(present)));
    }
    labels(part);
  }

  private Path labels(String part) {
    Path images = parts.get(part);
    String name =
        images
            .getFileName()
            .toString()
            .replaceFirst("images([-.])idx3-ubyte(\\.gz)?$", "labels$1idx1-ubyte");
    for (String candidate : new String[] {name, name + ".gz"}) {
      if (Files.exists(folder.resolve(candidate))) {
        return folder.resolve(candidate);
      }
    }
    String others =
        list(folder).stream()
            .map(file -> file.getFileName().toString())
            .filter(file -> file.contains("label"))
            .collect(Collectors.joining(", "));
    throw missing(
        name,
        (others.isEmpty() ? "put it there" : "rename the right one of " + others)
            + ", or name %s and --labels FILE".formatted(images));
  }

  private FileFormatException missing(String name, String remedy) {
    return new FileFormatException(
        folder.toString(),
        "folder",
        "neither " + name + " nor " + name + ".gz",
        "one of them",
        remedy);
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    check(split);
    String part = split == Split.TEST ? test : train;
    return IdxImages.read(parts.get(part), labels(part), most);
  }
}
