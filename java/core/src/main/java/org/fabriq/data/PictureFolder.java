// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.fabriq.FileFormatException;
import org.fabriq.io.IoReason;

/**
 * Reads a folder of class folders of PNG and JPEG pictures. What {@link FolderClasses} says is
 * their class, of the folders of both parts together. Samples take turns: the first picture of each
 * class, then the second, so that the first samples are of all classes. Pictures without class
 * folders have no labels; folders {@code train} and {@code test} of class folders divide the data.
 */
final class PictureFolder implements DataSource {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final Path folder;
  private final boolean divided;

  private PictureFolder(Path folder, boolean divided) {
    this.folder = folder;
    this.divided = divided;
  }

  static PictureFolder open(Path folder, DataOptions options) {
    List<Path> entries = list(folder);
    List<String> names = entries.stream().map(PictureFolder::name).toList();
    boolean divided =
        names.equals(List.of("test", "train"))
            && entries.stream().allMatch(PictureFolder::hasFoldersAlone);
    PictureFolder data = new PictureFolder(folder, divided);
    data.check(Split.TEST);
    data.folderClasses();
    options.require("a folder of pictures", false, false, false);
    return data;
  }

  private static boolean hasFoldersAlone(Path part) {
    return Files.isDirectory(part) && list(part).stream().allMatch(Files::isDirectory);
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  /** Lists what is in a folder, sorted, but for hidden files. */
  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !name(entry).startsWith(".") && !name(entry).equals("Thumbs.db"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new FileFormatException(
          folder.toString(), "cannot be read: " + IoReason.of(e), "check its permissions", e);
    }
  }

  private static boolean isPicture(Path file) {
    return name(file).toLowerCase(Locale.ROOT).matches(".*\\.(png|jpg|jpeg)");
  }

  /** Lists the class folders, sorted; none where the pictures are in the folder itself. */
  private static List<Path> classes(Path part) {
    List<Path> entries = list(part);
    List<Path> folders = entries.stream().filter(Files::isDirectory).toList();
    if (entries.isEmpty()) {
      throw new FileFormatException(part.toString(), "folder", "nothing", forms(), "fill it");
    }
    for (Path entry : entries) {
      if (!folders.isEmpty() && !Files.isDirectory(entry)) {
        throw new FileFormatException(
            part.toString(),
            "folder",
            "folders and the file %s".formatted(name(entry)),
            "class folders alone, or " + forms(),
            "put the file into one of them, or elsewhere");
      }
    }
    (folders.isEmpty() ? List.of(part) : folders).forEach(PictureFolder::pictures);
    return folders;
  }

  private static String forms() {
    return "one of the forms: " + DataFiles.FORMS;
  }

  /** Lists the pictures in a folder, sorted. */
  private static List<Path> pictures(Path folder) {
    List<Path> entries = list(folder);
    for (Path entry : entries) {
      if (!isPicture(entry)) {
        throw new FileFormatException(
            folder.toString(),
            "folder",
            name(entry),
            "pictures (.png, .jpg, .jpeg) alone, or " + forms(),
            "take it out of the folder");
      }
    }
    if (entries.isEmpty()) {
      throw new FileFormatException(
          folder.toString(), "folder", "nothing", "pictures", "fill or remove the folder");
    }
    return entries;
  }

  @Override
  public String form() {
    return "pictures %s%s"
        .formatted(folderClasses().form(), divided ? " of test, in turns" : ", in turns");
  }

  @Override
  public boolean divided() {
    return divided;
  }

  @Override
  public void check(Split split) {
    classes(part(split));
  }

  private Path part(Split split) {
    return divided ? folder.resolve(split == Split.TEST ? "test" : "train") : folder;
  }

  @Override
  public Samples read(Split split, int most, Progress progress) {
    Path part = part(split);
    List<Path> classes = classes(part);
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    takeTurns(classes.isEmpty() ? List.of(part) : classes, most, files, labels);
    Samples samples =
        pixels(files, progress)
            .withNames(files.stream().map(file -> part.relativize(file).toString()).toList());
    if (classes.isEmpty()) {
      return samples;
    }
    return samples.withLabels(
        folderClasses().labels(labels.stream().map(label -> name(classes.get(label))).toList()));
  }

  private FolderClasses folderClasses() {
    return FolderClasses.of(
        folder,
        Stream.of(Split.values())
            .flatMap(split -> classes(part(split)).stream())
            .map(PictureFolder::name)
            .toList());
  }

  private static void takeTurns(
      List<Path> folders, int most, List<Path> files, List<Integer> labels) {
    List<List<Path>> pictures = folders.stream().map(PictureFolder::pictures).toList();
    int longest = pictures.stream().mapToInt(List::size).max().orElseThrow();
    for (int turn = 0; turn < longest; turn++) {
      for (int label = 0; label < folders.size() && files.size() < most; label++) {
        if (turn < pictures.get(label).size()) {
          files.add(pictures.get(label).get(turn));
          labels.add(label);
        }
      }
    }
  }

  private static Samples pixels(List<Path> files, Progress progress) {
    Picture first = Picture.read(files.get(0));
    int size = first.planes().length;
    if ((long) size * files.size() > MAX_BYTES) {
      throw Picture.error(
          files.get(0),
          "%s, %,d pictures".formatted(first.shapeText(), files.size()),
          "less than 2 GiB in all",
          "use fewer or smaller pictures");
    }
    byte[] pixels = new byte[size * files.size()];
    for (int i = 0; i < files.size(); i++) {
      Picture picture = i == 0 ? first : Picture.read(files.get(i));
      if (!picture.shapeText().equals(first.shapeText())) {
        throw Picture.error(
            files.get(i),
            picture.shapeText(),
            "%s as %s".formatted(first.shapeText(), files.get(0)),
            "bring all pictures to one size and to grey or RGB");
      }
      System.arraycopy(picture.planes(), 0, pixels, i * size, size);
      progress.done(i + 1, files.size());
    }
    return Samples.ofPixels(pixels, first.channels(), first.rows(), first.columns());
  }
}
