// SPDX-License-Identifier: Apache-2.0
package org.fabriq.data;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fabriq.FileFormatException;

/**
 * Says what class a folder of pictures is: its number where the names of all are numbers, so that
 * one that is missing shifts no other; else its place in the order of their names.
 *
 * @param names sorted; none where pictures are in no folders
 * @param numbered whether all names are numbers
 */
record FolderClasses(List<String> names, boolean numbered) {
  /**
   * Takes the names of folders, each once or more often.
   *
   * @param parent of the folders, for errors
   * @throws FileFormatException if two of them are the same number
   */
  static FolderClasses of(Path parent, Collection<String> folders) {
    List<String> names = List.copyOf(new TreeSet<>(folders));
    boolean numbered =
        !names.isEmpty()
            && names.stream()
                .allMatch(
                    name -> name.matches("[0-9]+") && DecimalNumber.parseWhole(name).isPresent());
    if (numbered) {
      TreeMap<Integer, String> known = new TreeMap<>();
      for (String name : names) {
        String before = known.put(Integer.parseInt(name), name);
        if (before != null) {
          throw new FileFormatException(
              parent.toString(),
              "folder",
              "the class folders %s and %s".formatted(before, name),
              "one folder for each number",
              "put their pictures into one of them");
        }
      }
    }
    return new FolderClasses(names, numbered);
  }

  /** What the pictures are in, for the form of the data. */
  String form() {
    return names.isEmpty()
        ? "without class folders"
        : numbered ? "in class folders, whose numbers are the classes" : "in class folders";
  }

  /** The classes of pictures, by the names of their folders. */
  ClassLabels labels(List<String> folders) {
    return numbered
        ? ClassLabels.of(folders.stream().mapToInt(Integer::parseInt).toArray())
        : new ClassLabels(folders.stream().mapToInt(names::indexOf).toArray(), names);
  }
}
